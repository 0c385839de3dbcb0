package io.gradstream.pipeline.learn;

import java.util.Arrays;
import java.util.function.BiConsumer;

/** The highest number of each partition: a processed offset, or a time. A handful of partitions, so a search from the last one used. */
final class Highest {

    private long[] partitions = new long[8];
    private long[] highest = new long[8];
    private int size;
    private int last;

    /** Notes a number of a partition. */
    void raise(int topic, int partition, long number) {
        int at = find(key(topic, partition));
        if (number > highest[at]) {
            highest[at] = number;
        }
    }

    /** Notes that there is this partition; its number is {@link Long#MIN_VALUE} until one comes. */
    void expect(int topic, int partition) {
        find(key(topic, partition));
    }

    /** The smallest of all partitions; {@link Long#MAX_VALUE} if there is none. */
    long least() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, highest[i]);
        }
        return least;
    }

    /** How many partitions have a smaller number. */
    int below(long number) {
        int below = 0;
        for (int i = 0; i < size; i++) {
            below += highest[i] < number ? 1 : 0;
        }
        return below;
    }

    /** Calls with {topic, partition} and its number, in order of topic and partition. */
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
        highest[size++] = Long.MIN_VALUE;
    }

    private static long key(int topic, int partition) {
        return (long) topic << 32 | partition & 0xffff_ffffL;
    }
}
