package io.gradstream.pipeline.learn;

import java.util.LinkedHashMap;
import java.util.Map;

/** One number per {@link LearnCount}. Written by one thread; metric reporters read whatever they see. */
final class Counters {

    private static final LearnCount[] ALL = LearnCount.values();

    private final long[] values = new long[ALL.length];

    void add(LearnCount count) {
        values[count.ordinal()]++;
    }

    void subtract(LearnCount count) {
        values[count.ordinal()]--;
    }

    long get(LearnCount count) {
        return values[count.ordinal()];
    }

    /** All of them by key, in the order of their declaration. */
    Map<String, Long> byKey() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (LearnCount count : ALL) {
            all.put(count.key(), get(count));
        }
        return all;
    }

    /** Takes the values with a known key over; others were counted by a version that is not this one. */
    void restore(Map<String, Long> byKey) {
        for (LearnCount count : ALL) {
            values[count.ordinal()] = byKey.getOrDefault(count.key(), 0L);
        }
    }
}
