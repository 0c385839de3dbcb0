package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.examples.Example;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.Label;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the join could not learn: each is counted, and the first, second, fourth, eighth, … of a kind is a line in the log. */
final class JoinLosses {

    private static final Logger LOG = LoggerFactory.getLogger(JoinLosses.class);

    private final Counters counters;
    private final LabelJoin.Rules rules;
    private final List<String> topics;

    /** @param topics names by the numbers in rows */
    JoinLosses(Counters counters, LabelJoin.Rules rules, List<String> topics) {
        this.counters = counters;
        this.rules = rules;
        this.topics = topics;
    }

    /**
     * A label that came after its event's wait.
     *
     * @param last the label, or its event if that came after it
     */
    void late(Incoming last) {
        long late = count(LearnCount.LATE_LABELS);
        if (isPowerOfTwo(late)) {
            LOG.warn(
                    "{} labels came after the wait of {} ms was over and were not learned; the last is, or belongs to, {}",
                    late,
                    rules.waitMillis(),
                    text(last));
        }
    }

    /** A label whose event never came. */
    void unmatched() {
        long unmatched = count(LearnCount.UNMATCHED_LABELS);
        if (isPowerOfTwo(unmatched)) {
            LOG.warn(
                    "{} labels met no event within the wait of {} ms and were not learned",
                    unmatched,
                    rules.waitMillis());
        }
    }

    /** An event or label for which there is no room. */
    void notKept() {
        long notKept = count(LearnCount.NOT_KEPT);
        if (isPowerOfTwo(notKept)) {
            LOG.warn(
                    "{} events or labels were not kept, because max-waiting = {} wait already; events were scored and will not be"
                            + " learned. Raise label.max-waiting, or shorten label.wait",
                    notKept,
                    rules.maxWaiting());
        }
    }

    private String text(Incoming row) {
        if (row instanceof Label label) {
            return "label " + label.value + " of " + label.id
                    + origin(label.time, label.topic, label.partition, label.offset);
        }
        return row instanceof Example example
                ? "example " + example.id + origin(example.time, example.topic, example.partition, example.offset)
                : row.toString();
    }

    private String origin(long time, int topic, int partition, long offset) {
        return " at " + Instant.ofEpochMilli(time) + " from " + topics.get(topic) + "-" + partition + "@" + offset;
    }

    private long count(LearnCount what) {
        counters.add(what);
        return counters.get(what);
    }

    private static boolean isPowerOfTwo(long count) {
        return Long.bitCount(count) == 1;
    }
}
