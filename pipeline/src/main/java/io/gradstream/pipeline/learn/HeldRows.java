package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.BadRecord;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Rows that wait for the watermark, in the one order that makes a result independent of speed: by time, labels before
 * examples, then by topic, partition and offset.
 *
 * <p>Most partitions bring their rows in this order, or nearly so. What comes in order is only put at the end of its partition's {@link Run}, and
 * then the runs are merged; the other rows are sorted in a heap of their own.
 */
final class HeldRows {

    private final HashMap<Partition, Run> runs = new HashMap<>();
    private final PriorityQueue<Run> heads = new PriorityQueue<>((a, b) -> compare(a.first(), b.first()));
    private final PriorityQueue<Incoming> strays = new PriorityQueue<>(HeldRows::compare);
    private Run last = new Run(new Partition(-1, -1));
    private int size;

    /** Where a row came from. */
    private record Partition(int topic, int partition) {}

    /** Rows of one partition, in order. */
    private static final class Run {
        private final Partition from;
        private final ArrayDeque<Incoming> rows = new ArrayDeque<>();

        Run(Partition from) {
            this.from = from;
        }

        Incoming first() {
            return rows.peekFirst();
        }

        boolean takes(Incoming row) {
            return rows.isEmpty() || compare(rows.peekLast(), row) <= 0;
        }
    }

    /** Keeps a row, which must not be changed any more. */
    void add(Incoming row) {
        Run run = run(row);
        size++;
        if (!run.takes(row)) {
            strays.add(row);
            return;
        }
        run.rows.add(row);
        if (run.rows.size() == 1) {
            heads.add(run);
        }
    }

    /** The first row's time, or {@link Long#MAX_VALUE} if there is none. */
    long firstTime() {
        Run run = heads.peek();
        Incoming stray = strays.peek();
        return Math.min(run == null ? Long.MAX_VALUE : time(run.first()), stray == null ? Long.MAX_VALUE : time(stray));
    }

    /** Removes the first row; null if there is none. */
    Incoming poll() {
        Incoming stray = strays.peek();
        Run run = heads.peek();
        if (run == null && stray == null) {
            return null;
        }
        size--;
        if (run == null || stray != null && compare(stray, run.first()) < 0) {
            return strays.poll();
        }
        heads.poll();
        Incoming first = run.rows.poll();
        if (!run.rows.isEmpty()) {
            heads.add(run);
        }
        return first;
    }

    int size() {
        return size;
    }

    /** All rows, in no order. */
    Iterable<Incoming> all() {
        List<Incoming> all = new ArrayList<>(strays);
        for (Run run : heads) {
            all.addAll(run.rows);
        }
        return all;
    }

    /** Rows of one partition come in numbers, so the last one's is mostly the next one's. */
    private Run run(Incoming row) {
        int topic = -1;
        int partition = -1;
        if (row instanceof Example example) {
            topic = example.topic;
            partition = example.partition;
        } else if (row instanceof Label label) {
            topic = label.topic;
            partition = label.partition;
        }
        if (last.from.topic != topic || last.from.partition != partition) {
            last = runs.computeIfAbsent(new Partition(topic, partition), Run::new);
        }
        return last;
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
