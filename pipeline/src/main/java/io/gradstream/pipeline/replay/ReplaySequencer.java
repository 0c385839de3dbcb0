package io.gradstream.pipeline.replay;

import java.util.ArrayDeque;
import java.util.PriorityQueue;

/**
 * The rows of a file as the two streams that would have come from Kafka, merged: events in the file's order, and each label
 * when it became known. A label that became known at an event's time comes before it, and labels of one time come in the
 * order of their rows; that is also how {@code order: event-time} sorts.
 *
 * <p>Rows go in with {@link #add}, steps come out of {@link #next}; {@code null} means that another row is needed first. It holds
 * the rows whose label is not known yet, and nothing else.
 *
 * @param <R> a row
 */
public final class ReplaySequencer<R> {

    /** A row whose label never becomes known. */
    public static final long NEVER = Long.MIN_VALUE;

    private final long delayEvents;
    private final PriorityQueue<Pending<R>> labels = new PriorityQueue<>();
    private final ArrayDeque<Pending<R>> counted = new ArrayDeque<>();
    private final ArrayDeque<Step<R>> ready = new ArrayDeque<>();
    private long rows;
    private long newest = Long.MIN_VALUE;
    private boolean ended;

    private ReplaySequencer(long delayEvents) {
        this.delayEvents = delayEvents;
    }

    /** Labels that become known at a time. */
    public static <R> ReplaySequencer<R> byTime() {
        return new ReplaySequencer<>(-1);
    }

    /**
     * Labels that become known when so many further events have come, just before the last of them is scored; 0: at
     * once. Events of one time come together, so a label may be known earlier by as many events as share that time.
     */
    public static <R> ReplaySequencer<R> byEvents(long events) {
        if (events < 0) {
            throw new IllegalArgumentException("delay must be 0 events or more, was " + events);
        }
        return new ReplaySequencer<>(events);
    }

    /**
     * Adds the next row of the file.
     *
     * @param time of the event
     * @param known when its label became known, or {@link #NEVER}; if labels are counted in events, anything but NEVER says that
     *     there is one
     */
    public void add(R row, long time, long known) {
        newest = Math.max(newest, time);
        if (known != NEVER) {
            if (delayEvents < 0) {
                labels.add(new Pending<>(row, known, rows));
            } else {
                counted.add(new Pending<>(row, NEVER, rows + delayEvents));
            }
        }
        releaseCounted();
        releaseUntil(time);
        ready.add(new Step<>(false, row, time));
        rows++;
    }

    /** No further rows: what labels are left become known now. False if that had been said before. */
    public boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        for (Pending<R> left : counted) {
            ready.add(new Step<>(true, left.row, newest + 1));
        }
        counted.clear();
        releaseUntil(Long.MAX_VALUE);
        return true;
    }

    /** The next step, or null if a row has to be added first, or all have been taken after the end. */
    public Step<R> next() {
        return ready.poll();
    }

    /** Rows whose label is not known yet. */
    public int waiting() {
        return labels.size() + counted.size();
    }

    private void releaseCounted() {
        while (!counted.isEmpty() && counted.peek().order <= rows) {
            ready.add(new Step<>(true, counted.poll().row, newest));
        }
    }

    private void releaseUntil(long time) {
        while (!labels.isEmpty() && labels.peek().known <= time) {
            Pending<R> known = labels.poll();
            ready.add(new Step<>(true, known.row, known.known));
        }
    }

    /**
     * One thing that happens.
     *
     * @param label whether the row's label becomes known; else its event comes
     * @param time when
     */
    public record Step<R>(boolean label, R row, long time) {}

    private record Pending<R>(R row, long known, long order) implements Comparable<Pending<R>> {
        @Override
        public int compareTo(Pending<R> other) {
            int byTime = Long.compare(known, other.known);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }
}
