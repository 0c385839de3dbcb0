package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that were not learned in their turn, as rows are: each is counted, and the first, second, fourth, eighth, … of a kind since the
 * operator started is a line in the log, with where it came from and what to do; what it holds, its id too, is no matter for a log. The rows
 * between cost a count and no object.
 */
final class UnusualRows {

    private static final Logger LOG = LoggerFactory.getLogger(UnusualRows.class);

    private final Counters counters;
    private final List<String> topics;

    /** Those since the start; {@link #counters} go on from a checkpoint. */
    private final Counters since = new Counters();

    /** Of those that expired, the ones that came when their wait was over. */
    private long tooLate;

    /** @param topics names by the numbers in rows */
    UnusualRows(Counters counters, List<String> topics) {
        this.counters = counters;
        this.topics = topics;
    }

    /** What these rows, and all others, are counted in. */
    Counters counters() {
        return counters;
    }

    /**
     * A row that is processed although rows with a later time have been, in event-time order.
     *
     * @param ordered rows up to this time have been processed
     */
    void outOfOrder(Incoming row, long ordered) {
        if (isTold(LearnCount.OUT_OF_ORDER)) {
            LOG.warn(
                    "{} rows came behind the watermark and were processed at once, out of the order of their times; the last is {}, {} ms"
                            + " behind. Raise out-of-orderness if rows of one partition are that far apart; raise idle-after (0s: without"
                            + " end) if its partition gave nothing for longer than that",
                    many(LearnCount.OUT_OF_ORDER),
                    text(row),
                    ordered - HeldRows.time(row));
        }
    }

    /** An event with an id that was here before. */
    void duplicateEvent(Example example) {
        if (isTold(LearnCount.DUPLICATE_EVENTS)) {
            LOG.warn(
                    "{} events had an id that was here before: scored again, marked as duplicates, and each id learned once; the last is"
                            + " {}. Either something sends events twice, or input.id is not an event's own",
                    many(LearnCount.DUPLICATE_EVENTS),
                    text(example));
        }
    }

    /**
     * A label for an id whose label is known.
     *
     * @param row the label, or the event that has it
     */
    void duplicateLabel(Incoming row) {
        if (isTold(LearnCount.DUPLICATE_LABELS)) {
            LOG.warn(
                    "{} labels were for an id whose label was known, and were not learned; the last is, or belongs to, {}. Either something"
                            + " sends labels twice, or corrects them, or their id is not an event's own",
                    many(LearnCount.DUPLICATE_LABELS),
                    text(row));
        }
    }

    /**
     * A label that came after its event's wait.
     *
     * @param last the label, or its event if that came after it
     */
    void late(Incoming last, long waitMillis) {
        if (isTold(LearnCount.LATE_LABELS)) {
            LOG.warn(
                    "{} labels came after the wait of {} ms was over and were not learned; the last is, or belongs to, {}",
                    many(LearnCount.LATE_LABELS),
                    waitMillis,
                    text(last));
        }
    }

    /** A label whose event never came. */
    void unmatched(long waitMillis) {
        if (isTold(LearnCount.UNMATCHED_LABELS)) {
            LOG.warn(
                    "{} labels met no event within the wait of {} ms and were not learned",
                    many(LearnCount.UNMATCHED_LABELS),
                    waitMillis);
        }
    }

    /**
     * An event that came when the wait for its label was over.
     *
     * @param after how long it had been over, in ms
     */
    void tooLate(Example example, long after) {
        count(LearnCount.EXPIRED);
        if (Doubling.isTold(++tooLate)) {
            LOG.warn(
                    "{} events came when the wait for their label was over, and were scored and not learned, with no default either, since their"
                            + " label may have been here; the last is {}, {} ms after its wait. Look whether input.time is when the event"
                            + " happened; raise label.wait if events are on their way for that long",
                    expired(tooLate),
                    text(example),
                    after);
        }
    }

    /**
     * An event whose label did not come.
     *
     * @param pending its {@link Entry}
     */
    void expired(byte[] pending, long waitMillis) throws StateException {
        long here = count(LearnCount.EXPIRED) - tooLate;
        if (Doubling.isTold(here)) {
            Entry entry = new Entry();
            entry.readPending(pending);
            LOG.warn(
                    "{} events had no label when the wait of {} ms was over and were not learned; the last is {}. Look whether labels come"
                            + " and have the events' ids; raise label.wait if they take longer, set label.default if no label says something",
                    expired(here),
                    waitMillis,
                    text("example", entry.time, entry.topic, entry.partition, entry.offset));
        }
    }

    /** An event or label for which there is no room. */
    void notKept(long maxWaiting) {
        if (isTold(LearnCount.NOT_KEPT)) {
            LOG.warn(
                    "{} events or labels were not kept, because max-waiting = {} wait already; events were scored and will not be"
                            + " learned. Raise label.max-waiting, or shorten label.wait",
                    many(LearnCount.NOT_KEPT),
                    maxWaiting);
        }
    }

    private String text(Incoming row) {
        if (row instanceof Label label) {
            return text("label", label.time, label.topic, label.partition, label.offset);
        }
        return row instanceof Example example
                ? text("example", example.time, example.topic, example.partition, example.offset)
                : "the record " + row.id();
    }

    private String text(String what, long time, int topic, int partition, long offset) {
        return "the " + what + " at " + Instant.ofEpochMilli(time) + " from " + topics.get(topic) + "-" + partition
                + "@" + offset;
    }

    /** Counts one, and says whether it is one to tell of. */
    private boolean isTold(LearnCount what) {
        return Doubling.isTold(count(what));
    }

    private long count(LearnCount what) {
        counters.add(what);
        since.add(what);
        return since.get(what);
    }

    private String many(LearnCount what) {
        long here = since.get(what);
        long all = counters.get(what);
        return here == all ? Long.toString(all) : here + " (with those before this start " + all + ")";
    }

    /** Events expire in two ways, which have one count. */
    private String expired(long here) {
        long all = counters.get(LearnCount.EXPIRED);
        return here == all ? Long.toString(all) : here + " (of " + all + " that expired in all)";
    }
}
