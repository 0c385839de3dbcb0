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
    private long blamedSince;
    private long blameAgain = Long.MIN_VALUE;
    private int silent;

    /**
     * @param newest the newest label of each partition; a partition in it without one holds everything back
     * @param topics names by topic index
     * @param outOfOrderness how far a label may be behind the newest of its partition, in ms
     * @param patience how long defaults may be held back, in ms of event time, before metric and log say by whom
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

    /**
     * Counts the partitions that hold defaults back by more than the patience, and says so in the log: at once, naming the slowest, then again
     * when it has gone on for as long as until then, whichever is the slowest meanwhile. When it was over, not before the patience is.
     *
     * @param clock of the events
     */
    void tell(long clock) {
        if (!counts || clock < Long.MIN_VALUE + patience) {
            return;
        }
        silent = newest.below(clock - patience + behind);
        if (silent > 0) {
            blame(clock);
        } else if (!blamed.isEmpty()) {
            LOG.info("all partitions of the labels, {} too, have come as far as default labels need", blamed);
            blamed = "";
            blameAgain = clock + patience;
        }
    }

    private void blame(long clock) {
        if (clock < blameAgain) {
            return;
        }
        if (blamed.isEmpty()) {
            blamedSince = clock - patience;
        }
        blamed = slowest();
        blameAgain = clock + (clock - blamedSince);
        long least = least();
        LOG.warn(
                "no default label is learned beyond {}: partition {} of the labels has come no further, as the slowest of {} that hold defaults"
                        + " back, and the events are at {}. Either its labels are away, and defaults are learned when they are back; or it"
                        + " never gets any: then give the topic fewer partitions, or let what writes the labels write one of any id into it from time"
                        + " to time",
                least == Long.MIN_VALUE ? "the beginning" : Instant.ofEpochMilli(least),
                blamed,
                silent,
                Instant.ofEpochMilli(clock));
    }

    /** How many partitions held defaults back at the last {@link #tell}; metric reporters read it, too. */
    int silent() {
        return silent;
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
