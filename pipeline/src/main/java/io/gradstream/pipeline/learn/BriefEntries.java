package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.learn.Entry.Kind;

/**
 * Entries of a join that waits without end, as over a file that was given a delay: no clock ends anything there, so an entry goes when
 * its label is learned, and of its id no more is kept than of ids without a join: the last ones, in {@link RecentIds}. There are no timers.
 */
final class BriefEntries implements EntryStore {

    private final EntryStore entries;
    private final RecentIds learned;
    private String id;

    BriefEntries(EntryStore entries, RecentIds learned) {
        this.entries = entries;
        this.learned = learned;
    }

    @Override
    public void use(String newId) {
        id = newId;
        entries.use(newId);
    }

    @Override
    public byte[] get() throws StateException {
        byte[] entry = entries.get();
        return entry == null && learned.has(id) ? Entry.tombstone(Kind.LEARNED, Long.MAX_VALUE) : entry;
    }

    @Override
    public void put(byte[] entry) throws StateException {
        if (Entry.kind(entry) == Kind.LEARNED) {
            entries.clear();
            learned.see(id, true);
        } else {
            entries.put(entry);
        }
    }

    @Override
    public void clear() {
        entries.clear();
    }

    @Override
    public void wakeAt(long time) {
        // It is never reached.
    }
}
