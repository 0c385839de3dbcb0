package io.gradstream.pipeline.learn;

/**
 * Where the join keeps one entry per id, and how it is woken up. Like Flink's keyed state it has a current id.
 */
interface EntryStore {

    /** Makes {@code id} the current one. */
    void use(String id);

    /** The current id's entry, or null; not to be changed. */
    byte[] get() throws StateException;

    /** Sets the current id's entry; the bytes are kept and must not be changed afterwards. */
    void put(byte[] entry) throws StateException;

    /** Removes the current id's entry. */
    void clear();

    /** Asks for {@link LabelJoin#wake} for the current id once the clock has reached {@code time}. Asking twice may be waking twice. */
    void wakeAt(long time);
}
