package io.gradstream.quickstart.feed;

import java.time.Duration;

/** When an event is due: event time runs evenly, so that the whole stream takes the wanted wall-clock time. */
public final class Pacing {
    private final long first;
    private final double nanosPerMilli;

    private Pacing(long first, double nanosPerMilli) {
        this.first = first;
        this.nanosPerMilli = nanosPerMilli;
    }

    /**
     * From the first to the last event in {@code duration}.
     *
     * @param firstMillis event time of the first event
     * @param lastMillis event time of the last event, not before the first
     */
    public static Pacing over(long firstMillis, long lastMillis, Duration duration) {
        if (lastMillis < firstMillis) {
            throw new IllegalArgumentException(
                    "the last event is before the first: " + lastMillis + " < " + firstMillis);
        }
        return new Pacing(firstMillis, (double) duration.toNanos() / Math.max(1, lastMillis - firstMillis));
    }

    /** As fast as it goes: everything is due at once. */
    public static Pacing none() {
        return new Pacing(0, 0);
    }

    /** Nanoseconds after the start at which an event is due. */
    public long dueNanos(long eventMillis) {
        return (long) ((eventMillis - first) * nanosPerMilli);
    }
}
