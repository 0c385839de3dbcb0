package io.gradstream.pipeline.learn;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each partition of the labels has come by its own labels, whatever Flink says of it: a partition that gives no labels,
 * because it is idle or its broker is away, stands still here. Default labels are learned up to the slowest of them. One thread.
 */
final class LabelClocks {

    private static final Logger LOG = LoggerFactory.getLogger(LabelClocks.class);

    private final Highest newest;
    private final List<String> topics;
    private final long behind;
    private final long patience;
    private final boolean counts;
    private String blamed = "";

    /**
     * @param newest the newest label of each partition; a partition in it without one holds everything back
     * @param topics names by topic index
     * @param outOfOrderness how far a label may be behind the newest of its partition, in ms
     * @param patience how long defaults may be held back, in ms of event time, before a line in the log says by whom
     * @param counts whether the partitions count; if not, none holds anything back
     */
    LabelClocks(Highest newest, List<String> topics, long outOfOrderness, long patience, boolean counts) {
        this.newest = newest;
        this.topics = topics;
        this.behind = outOfOrderness + 1;
        this.patience = patience;
        this.counts = counts;
    }

    /** A label came from there. */
    void came(int topic, int partition, long time) {
        newest.raise(topic, partition, time);
    }

    /** No label with this time or an earlier one is missing, as far as the labels of all partitions say. */
    long least() {
        if (!counts) {
            return Long.MAX_VALUE;
        }
        long least = newest.least();
        return least == Long.MAX_VALUE || least < Long.MIN_VALUE + behind ? least : least - behind;
    }

    /** Says which partition holds defaults back, once for each, where the clock of the events is far ahead of it. */
    void tell(long clock) {
        long least = least();
        if (clock < Long.MIN_VALUE + patience || least >= clock - patience) {
            return;
        }
        String slowest = slowest();
        if (!slowest.equals(blamed)) {
            blamed = slowest;
            LOG.warn(
                    "no default label is learned beyond {}: partition {} of the labels has come no further, and the events are at {}."
                            + " Either its labels are away, or it never gets any; then give the topic fewer partitions",
                    least == Long.MIN_VALUE ? "the beginning" : Instant.ofEpochMilli(least),
                    slowest,
                    Instant.ofEpochMilli(clock));
        }
    }

    /** Topic and partition of the slowest. */
    String slowest() {
        long least = newest.least();
        StringBuilder slowest = new StringBuilder();
        newest.forEach((partition, time) -> {
            if (time == least && slowest.isEmpty()) {
                slowest.append(topics.get(partition[0])).append('-').append(partition[1]);
            }
        });
        return slowest.toString();
    }

    /** The newest label of each partition. */
    Highest newest() {
        return newest;
    }
}
