package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.BadRecord;
import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;

/**
 * In which order rows are processed: as they come, or held until the watermark has passed them and then in the order of
 * {@link HeldRows}. One thread, no Flink.
 */
abstract class Flow {

    final LearnCore core;
    final UnusualRows unusual;
    final Counters counters;
    private final Highest offsets;
    private final Outlet outlet;
    private final boolean eventTime;
    private final HeldRows held = new HeldRows();

    /** Rows up to here have been processed, in event-time order. */
    private long ordered = Long.MIN_VALUE;

    Flow(LearnCore core, UnusualRows unusual, Highest offsets, Outlet outlet, boolean eventTime) {
        this.core = core;
        this.unusual = unusual;
        this.counters = unusual.counters();
        this.offsets = offsets;
        this.outlet = outlet;
        this.eventTime = eventTime;
    }

    /** A row came. In event-time order it is kept, so it must be the flow's own. */
    final void accept(Incoming row) throws StateException {
        if (row instanceof BadRecord bad) {
            refuse(bad);
        } else if (!eventTime) {
            take(row);
        } else if (HeldRows.time(row) <= ordered) {
            unusual.outOfOrder(row, ordered);
            take(row);
        } else {
            held.add(row);
        }
    }

    /** Takes all rows that are held, in their order: for those of a checkpoint in event-time order where order is arrival now. */
    final void takeHeld() throws StateException {
        for (Incoming row = held.poll(); row != null; row = held.poll()) {
            take(row);
        }
        core.flush();
    }

    /** No row with this time or an earlier one is expected any more; {@link Long#MAX_VALUE}: none at all. */
    void watermark(long time) throws StateException {
        while (held.firstTime() <= time) {
            long next = held.firstTime();
            if (next == Long.MAX_VALUE) {
                break;
            }
            if (next > ordered) {
                before(next);
                ordered = next;
            }
            take(held.poll());
        }
        if (time != Long.MAX_VALUE) {
            ordered = Math.max(ordered, time);
        }
        core.flush();
    }

    /** Whether rows are held until the watermark has passed them. */
    final boolean eventTime() {
        return eventTime;
    }

    final HeldRows held() {
        return held;
    }

    final long ordered() {
        return ordered;
    }

    final void restoreOrdered(long time) {
        ordered = time;
    }

    /** An event whose turn it is. */
    abstract void event(Example example) throws StateException;

    /** A label whose turn it is. */
    abstract void label(Label label) throws StateException;

    /** The next row in event-time order is the first with this time. */
    abstract void before(long time) throws StateException;

    private void take(Incoming row) throws StateException {
        if (row instanceof Example example) {
            offsets.raise(example.topic, example.partition, example.offset);
            counters.add(LearnCount.EVENTS);
            event(example);
        } else if (row instanceof Label label) {
            offsets.raise(label.topic, label.partition, label.offset);
            counters.add(LearnCount.LABELS);
            label(label);
        }
    }

    private void refuse(BadRecord bad) {
        offsets.raise(bad.topic(), bad.content().partition(), bad.content().offset());
        counters.add(bad.label() ? LearnCount.LABELS : LearnCount.EVENTS);
        counters.add(bad.label() ? LearnCount.DEAD_LABELS : LearnCount.DEAD_EVENTS);
        outlet.deadLetter(bad.content());
    }
}
