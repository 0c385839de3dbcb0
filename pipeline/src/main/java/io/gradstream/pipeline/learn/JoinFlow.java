package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import io.gradstream.pipeline.learn.LearnState.Clocks;

/**
 * Labels come apart from their events. Besides the order this keeps the clock of the join.
 *
 * <p>The clock follows the watermark. With a default label it never passes the label input's <em>own</em> watermark, nor the newest
 * label of any of its partitions ({@link LabelClocks}): labels that went idle, or whose input has ended, say nothing about outcomes, so
 * nothing is learned from their silence. In event-time order the
 * clock is brought to just before each row's time first, so that what expires does so between the same two rows in every run,
 * however coarse the watermarks are.
 */
final class JoinFlow extends Flow {

    /** Fires what {@link EntryStore#wakeAt} asked for. */
    interface Timers {
        void advance(long time) throws StateException;
    }

    private final LabelJoin join;
    private final Timers timers;
    private final boolean gated;
    private final LabelClocks labelClocks;
    private long clock;
    private long watermark = Long.MIN_VALUE;
    private long labels;
    private long newestLabel;

    JoinFlow(
            LearnCore core,
            UnusualRows unusual,
            Highest offsets,
            Outlet outlet,
            boolean eventTime,
            LabelJoin join,
            boolean gated,
            LabelClocks labelClocks,
            Timers timers,
            Clocks start) {
        super(core, unusual, offsets, outlet, eventTime);
        this.join = join;
        this.gated = gated;
        this.labelClocks = labelClocks;
        this.timers = timers;
        clock = start.timers();
        labels = start.labels();
        newestLabel = start.newestLabel();
        restoreOrdered(start.ordered());
        join.restoreClock(clock);
    }

    /** A row of the labels' input came. */
    void acceptLabel(Incoming row) throws StateException {
        if (row instanceof Label label) {
            newestLabel = Math.max(newestLabel, label.time);
            labelClocks.came(label.topic, label.partition, label.time);
        }
        accept(row);
    }

    /** The label input's own watermark; that of its end says nothing. Call it before {@link #watermark} of both inputs. */
    void labelWatermark(long time) throws StateException {
        if (time == Long.MAX_VALUE || time <= labels) {
            return;
        }
        labels = time;
        if (gated) {
            advance(watermark);
        }
    }

    @Override
    void watermark(long time) throws StateException {
        if (time == Long.MAX_VALUE && eventTime() && newestLabel != Long.MIN_VALUE) {
            // All labels that will come are held or done, so their clock stands just before the newest, in every run.
            labels = Math.max(labels, newestLabel - 1);
        }
        super.watermark(time);
        if (time != Long.MAX_VALUE) {
            watermark = Math.max(watermark, time);
            advance(watermark);
            if (gated) {
                labelClocks.tell(watermark);
            }
        }
    }

    @Override
    void before(long time) throws StateException {
        advance(time - 1);
    }

    @Override
    void event(Example example) throws StateException {
        join.event(example);
    }

    @Override
    void label(Label label) throws StateException {
        join.label(label);
    }

    Clocks clocks() {
        return new Clocks(clock, ordered(), labels, newestLabel);
    }

    LabelClocks labelClocks() {
        return labelClocks;
    }

    private void advance(long time) throws StateException {
        long next = gated ? Math.min(time, Math.min(labels, labelClocks.least())) : time;
        if (next > clock) {
            join.beforeClock(next);
            clock = next;
            timers.advance(next);
            join.clock(next);
        }
    }
}
