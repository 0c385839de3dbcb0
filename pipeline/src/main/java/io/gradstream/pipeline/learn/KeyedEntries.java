package io.gradstream.pipeline.learn;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;

/** The join's entries in Flink's keyed state. */
final class KeyedEntries implements EntryStore {
    private final Consumer<String> key;
    private final ValueState<byte[]> entries;
    private final Wakes wakes;
    private String id;

    /**
     * @param key makes an id the current key
     * @param entries the current key's entry
     * @param wakes for what waits
     */
    KeyedEntries(Consumer<String> key, ValueState<byte[]> entries, Wakes wakes) {
        this.key = key;
        this.entries = entries;
        this.wakes = wakes;
    }

    @Override
    public void use(String newId) {
        id = newId;
        key.accept(newId);
    }

    @Override
    public byte[] get() throws StateException {
        try {
            return entries.value();
        } catch (IOException e) {
            throw new IllegalStateException("an entry of the join could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void put(byte[] entry) throws StateException {
        try {
            entries.update(entry);
        } catch (IOException e) {
            throw new IllegalStateException("an entry of the join could not be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void clear() {
        entries.clear();
    }

    @Override
    public void wakeAt(long time) {
        wakes.at(id, time);
    }
}
