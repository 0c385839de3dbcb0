package io.gradstream.quickstart;

import java.time.Duration;
import java.util.ArrayDeque;

/** How fast a count grew over the last few seconds. */
final class Rate {
    private final long windowNanos;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    Rate(Duration window) {
        this.windowNanos = window.toNanos();
    }

    /** Notes the count at a moment; a smaller one than before begins anew. */
    void add(long nanos, long count) {
        if (!samples.isEmpty() && samples.getLast().count > count) {
            samples.clear();
        }
        samples.addLast(new Sample(nanos, count));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos > windowNanos) {
            samples.removeFirst();
        }
    }

    /** 0 before the second sample. */
    double perSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        return last.nanos == first.nanos ? 0 : (last.count - first.count) * 1e9 / (last.nanos - first.nanos);
    }

    private record Sample(long nanos, long count) {}
}
