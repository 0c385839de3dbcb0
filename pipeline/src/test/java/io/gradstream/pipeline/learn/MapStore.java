package io.gradstream.pipeline.learn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** The join's entries in a map, and its timers in a set. Timers of one time fire in a random order, as Flink promises none. */
final class MapStore implements EntryStore {

    private final Map<String, byte[]> entries;
    private final TreeSet<Timer> timers;
    private final Random random;
    private String id;

    private record Timer(long time, String id) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int order = Long.compare(time, other.time);
            return order == 0 ? id.compareTo(other.id) : order;
        }
    }

    MapStore(long seed) {
        this(new HashMap<>(), new TreeSet<>(), seed);
    }

    private MapStore(Map<String, byte[]> entries, TreeSet<Timer> timers, long seed) {
        this.entries = entries;
        this.timers = timers;
        random = new Random(seed);
    }

    /** What a checkpoint would hold. */
    MapStore copy(long seed) {
        Map<String, byte[]> copies = new HashMap<>();
        entries.forEach((key, entry) -> copies.put(key, entry.clone()));
        return new MapStore(copies, new TreeSet<>(timers), seed);
    }

    /** Fires what is due, time by time. */
    void advance(LabelJoin join, long time) throws StateException {
        while (!timers.isEmpty() && timers.first().time() <= time) {
            long next = timers.first().time();
            List<Timer> due = new ArrayList<>(timers.headSet(new Timer(next + 1, "")));
            Collections.shuffle(due, random);
            join.beforeWake(next);
            for (Timer timer : due) {
                timers.remove(timer);
                use(timer.id());
                join.wake(timer.time());
            }
        }
    }

    int size() {
        return entries.size();
    }

    int timers() {
        return timers.size();
    }

    @Override
    public void use(String newId) {
        id = newId;
    }

    @Override
    public byte[] get() {
        return entries.get(id);
    }

    @Override
    public void put(byte[] entry) {
        entries.put(id, entry);
    }

    @Override
    public void clear() {
        entries.remove(id);
    }

    @Override
    public void wakeAt(long time) {
        timers.add(new Timer(time, id));
    }
}
