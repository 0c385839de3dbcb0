package io.gradstream.pipeline.learn;

import java.util.Arrays;
import java.util.function.BiConsumer;

/** The highest processed offset of each partition. A handful of partitions, so a search from the last one used. */
final class Offsets {

    private long[] partitions = new long[8];
    private long[] highest = new long[8];
    private int size;
    private int last;

    /** Notes that a record was processed. */
    void processed(int topic, int partition, long offset) {
        long key = key(topic, partition);
        int at = find(key);
        if (offset > highest[at]) {
            highest[at] = offset;
        }
    }

    /** Calls with {topic, partition} and offset, in order of topic and partition. */
    void forEach(BiConsumer<int[], Long> each) {
        long[] sorted = Arrays.copyOf(partitions, size);
        Arrays.sort(sorted);
        for (long key : sorted) {
            each.accept(new int[] {(int) (key >>> 32), (int) key}, highest[find(key)]);
        }
    }

    int size() {
        return size;
    }

    private int find(long key) {
        if (last < size && partitions[last] == key) {
            return last;
        }
        int at = 0;
        while (at < size && partitions[at] != key) {
            at++;
        }
        if (at == size) {
            insert(key);
        }
        last = at;
        return at;
    }

    private void insert(long key) {
        if (size == partitions.length) {
            partitions = Arrays.copyOf(partitions, 2 * size);
            highest = Arrays.copyOf(highest, 2 * size);
        }
        partitions[size] = key;
        highest[size++] = -1;
    }

    private static long key(int topic, int partition) {
        return (long) topic << 32 | partition & 0xffff_ffffL;
    }
}
