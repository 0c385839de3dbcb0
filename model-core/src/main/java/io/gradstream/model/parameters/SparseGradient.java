package io.gradstream.model.parameters;

import io.gradstream.model.kernels.Kernels;
import java.util.Arrays;

/**
 * The gradient of one sparse table over a mini-batch: each touched row once, with the sum over its occurrences, in the order of
 * their first occurrence.
 */
public final class SparseGradient {
    /** Where one bucket in so many is taken, clearing all in order is faster than looking for them. */
    private static final int MANY = 32;

    private final Table table;
    private final int mask;
    /** Open addressing: index of an entry + 1; 0 = free. */
    private final int[] buckets;

    private final int[] rows;
    private final int[] places;
    private final float[] values;
    private int size;

    /** Room for {@code capacity} different rows. */
    public SparseGradient(Table table, int capacity) {
        this.table = table;
        int length = buckets(capacity);
        this.mask = length - 1;
        this.buckets = new int[length];
        this.rows = new int[capacity];
        this.places = new int[capacity];
        this.values = new float[Math.multiplyExact(capacity, table.width())];
    }

    /** The smallest power of two that is at least twice as many. */
    private static int buckets(long capacity) {
        return Math.toIntExact(Long.highestOneBit(Math.max(8, 2 * capacity) - 1) << 1);
    }

    /**
     * Bytes that one with this capacity holds.
     *
     * @throws ArithmeticException if no array can be as long as it needs
     */
    public static long bytes(Table table, long capacity) {
        return 4 * (buckets(capacity) + 2 * capacity + capacity * table.width());
    }

    /** Which table it is the gradient of. */
    public Table table() {
        return table;
    }

    /** Forgets all rows. */
    public void clear() {
        if (size > buckets.length / MANY) {
            Arrays.fill(buckets, 0);
        } else {
            clearClusters();
        }
        size = 0;
    }

    private void clearClusters() {
        for (int entry = 0; entry < size; entry++) {
            int bucket = bucket(rows[entry]);
            // Entries of one cluster may be cleared out of order: clear the whole cluster from its start.
            while (buckets[bucket] != 0) {
                buckets[bucket] = 0;
                bucket = (bucket + 1) & mask;
            }
        }
    }

    /** Adds {@code x}, as wide as the table, from {@code from} on, to the gradient of a row, which has this {@link SparseTable#place place}. */
    public void add(int row, int place, float[] x, int from) {
        int before = size;
        int entry = entry(row);
        int at = entry * table.width();
        if (size > before) {
            places[entry] = place;
            Kernels.copy(x, from, values, at, table.width());
        } else {
            Kernels.add(x, from, values, at, table.width());
        }
    }

    /** The entry of a row; the last one if it is new. */
    private int entry(int row) {
        int bucket = bucket(row);
        while (buckets[bucket] != 0) {
            int entry = buckets[bucket] - 1;
            if (rows[entry] == row) {
                return entry;
            }
            bucket = (bucket + 1) & mask;
        }
        int entry = size++;
        rows[entry] = row;
        buckets[bucket] = entry + 1;
        return entry;
    }

    private int bucket(int row) {
        int hash = row * 0x9E3779B9;
        return (hash ^ (hash >>> 15)) & mask;
    }

    /** How many different rows there are. */
    public int size() {
        return size;
    }

    /** The row of entry {@code i}, in order of first occurrence. */
    public int row(int i) {
        return rows[i];
    }

    /** The place that the row of entry {@code i} had when it was added first. */
    public int place(int i) {
        return places[i];
    }

    /** The summed gradients, (size, width). */
    public float[] values() {
        return values;
    }
}
