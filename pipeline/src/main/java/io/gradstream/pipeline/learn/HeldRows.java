package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.BadRecord;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Rows that wait for the watermark, in the one order that makes a result independent of speed: by time, labels before
 * examples, then by topic, partition and offset.
 */
final class HeldRows {

    private static final Comparator<Incoming> ORDER = HeldRows::compare;

    private final PriorityQueue<Incoming> rows = new PriorityQueue<>(1024, ORDER);

    /** Keeps a row, which must not be changed any more. */
    void add(Incoming row) {
        rows.add(row);
    }

    /** The first row's time, or {@link Long#MAX_VALUE} if there is none. */
    long firstTime() {
        Incoming first = rows.peek();
        return first == null ? Long.MAX_VALUE : time(first);
    }

    /** Removes the first row; null if there is none. */
    Incoming poll() {
        return rows.poll();
    }

    int size() {
        return rows.size();
    }

    /** All rows, in no order. */
    Iterable<Incoming> all() {
        return rows;
    }

    /** Event time of a row. */
    static long time(Incoming row) {
        if (row instanceof Example example) {
            return example.time;
        }
        return row instanceof Label label ? label.time : Long.MIN_VALUE;
    }

    private static int compare(Incoming a, Incoming b) {
        int order = Long.compare(time(a), time(b));
        if (order != 0) {
            return order;
        }
        if (a instanceof Label x) {
            return b instanceof Label y
                    ? compareOrigins(x.topic, x.partition, x.offset, y.topic, y.partition, y.offset)
                    : -1;
        }
        if (a instanceof Example x && b instanceof Example y) {
            return compareOrigins(x.topic, x.partition, x.offset, y.topic, y.partition, y.offset);
        }
        return b instanceof Label ? 1 : a instanceof BadRecord ? -1 : 0;
    }

    /** The last part of the order. */
    static int compareOrigins(int topicA, int partitionA, long offsetA, int topicB, int partitionB, long offsetB) {
        int order = Integer.compare(topicA, topicB);
        if (order == 0) {
            order = Integer.compare(partitionA, partitionB);
        }
        return order == 0 ? Long.compare(offsetA, offsetB) : order;
    }
}
