package io.gradstream.pipeline.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Events whose wait is over without a label. They are learned with the default one when all of one time were woken, and so in an order that does
 * not depend on that in which they were woken.
 */
final class DefaultLabels {

    private static final Comparator<Due> ORDER = Comparator.comparingLong(Due::time)
            .thenComparing((a, b) -> HeldRows.compareOrigins(
                    a.topic(), a.partition(), a.offset(), b.topic(), b.partition(), b.offset()));

    private final LearnCore core;
    private final Counters counters;
    private final float target;
    private final Entry entry = new Entry();
    private final List<Due> due = new ArrayList<>();

    private record Due(long time, int topic, int partition, long offset, byte[] bytes) {}

    /** @param target what is learned */
    DefaultLabels(LearnCore core, Counters counters, float target) {
        this.core = core;
        this.counters = counters;
        this.target = target;
    }

    /**
     * An event to learn at the next {@link #learn}.
     *
     * @param pending its entry's bytes
     * @param until when its wait was over
     */
    void add(byte[] pending, long until) throws StateException {
        entry.readPending(pending);
        due.add(new Due(until, entry.topic, entry.partition, entry.offset, pending));
    }

    /** Learns all that were added. */
    void learn() throws StateException {
        if (due.isEmpty()) {
            return;
        }
        due.sort(ORDER);
        for (Due one : due) {
            entry.readPending(one.bytes());
            counters.add(LearnCount.DEFAULTED);
            core.learn(entry, target, one.time());
        }
        due.clear();
    }
}
