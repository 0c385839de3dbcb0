package io.gradstream.pipeline.learn;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * The last ids that came, where no join keeps them: so that an id that comes again is known, and its label is learned once.
 *
 * <p>Of an id its 63-bit hash is kept, and whether it has had a label. Two ids of one hash are taken for one: with 100,000 remembered, one
 * event in 9 · 10<sup>13</sup>. A ring holds the hashes in the order they first came; the newest takes the place of the oldest. An open table
 * with linear probing, at most half full, says where in the ring a hash is. 16 to 24 bytes an id, allocated once.
 */
final class RecentIds {

    /** What was known of an id. */
    enum Before {
        /** It is new, or forgotten. */
        NEVER,
        /** It came, but not with a label. */
        UNLABELLED,
        /** It came with a label. */
        LABELLED
    }

    private static final long LABELLED = 1;

    /** Hashes; the lowest bit says whether there was a label. */
    private final long[] ring;

    /** 1 + index in the ring; 0: free. */
    private final int[] table;

    private int size;
    private int oldest;

    /** @param capacity ids that are remembered; 0: none, and every id is new */
    RecentIds(int capacity) {
        ring = new long[capacity];
        table = new int[Math.max(2, Integer.highestOneBit(Math.max(1, capacity)) << 2)];
    }

    /** Remembers an id, and says what was known of it. */
    Before see(String id, boolean labelled) {
        return ring.length == 0 ? Before.NEVER : see(hash(id) | (labelled ? LABELLED : 0));
    }

    /** Whether an id is remembered. */
    boolean has(String id) {
        return ring.length > 0 && table[find(hash(id))] != 0;
    }

    private Before see(long seen) {
        int at = find(seen);
        if (table[at] == 0) {
            add(seen);
            return Before.NEVER;
        }
        int known = table[at] - 1;
        Before before = (ring[known] & LABELLED) == 0 ? Before.UNLABELLED : Before.LABELLED;
        ring[known] |= seen & LABELLED;
        return before;
    }

    /** What is remembered, the oldest first. */
    byte[] state() {
        ByteBuffer bytes = ByteBuffer.allocate(size * Long.BYTES);
        for (int i = 0; i < size; i++) {
            bytes.putLong(ring[(oldest + i) % ring.length]);
        }
        return bytes.array();
    }

    /** Remembers what another did, or the newest of it if that is more than can be remembered here. */
    void restore(byte[] state) throws StateException {
        if (state.length % Long.BYTES != 0) {
            throw new StateException("the checkpoint's remembered ids are cut short");
        }
        LongBuffer ids = ByteBuffer.wrap(state).asLongBuffer();
        while (ring.length > 0 && ids.hasRemaining()) {
            see(ids.get());
        }
    }

    private void add(long seen) {
        int to = size;
        if (size < ring.length) {
            size++;
        } else {
            to = oldest;
            remove(find(ring[to]));
            oldest = (oldest + 1) % ring.length;
        }
        ring[to] = seen;
        table[find(seen)] = to + 1;
    }

    /** Where the table has the hash, or where it would go. */
    private int find(long seen) {
        int at = home(seen);
        while (table[at] != 0 && (ring[table[at] - 1] | LABELLED) != (seen | LABELLED)) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }

    /** Frees a place, and moves up what had to go past it. */
    private void remove(int from) {
        int free = from;
        int mask = table.length - 1;
        for (int at = free + 1 & mask; table[at] != 0; at = at + 1 & mask) {
            int past = at - home(ring[table[at] - 1]) & mask;
            if (past >= (at - free & mask)) {
                table[free] = table[at];
                free = at;
            }
        }
        table[free] = 0;
    }

    private int home(long seen) {
        return (int) (seen >>> 1) & table.length - 1;
    }

    /** Each step is invertible, and spreads a character over the bits that the next one meets. The lowest bit is free. */
    private static long hash(String id) {
        long hash = id.length();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
        return (hash ^ hash >>> 32) << 1;
    }
}
