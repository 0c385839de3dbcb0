package io.gradstream.pipeline.learn;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.execution.CancelTaskException;

/**
 * Wakes in memory, for state that is in memory itself: 16 to 32 bytes each, a fifth of a timer's, and no objects to be followed. It is not part
 * of a checkpoint, since each entry says when it is to be woken.
 *
 * <p>A heap of four children for each parent, of times and of places where their ids are; so only numbers are moved.
 */
final class WakeHeap implements Wakes {
    private static final int CHILDREN = 4;
    private static final int FIRST_CAPACITY = 64;

    private final Sleeper sleeper;
    private final BooleanSupplier cancelled;
    private long[] times = new long[FIRST_CAPACITY];
    private int[] places = new int[FIRST_CAPACITY];

    /** By place. */
    private String[] ids = new String[FIRST_CAPACITY];

    private int size;

    /**
     * @param sleeper is woken; it may ask for further wakes
     * @param cancelled whether the task is to end; then nobody is woken any more, however many are due
     */
    WakeHeap(Sleeper sleeper, BooleanSupplier cancelled) {
        this.sleeper = sleeper;
        this.cancelled = cancelled;
        for (int i = 0; i < FIRST_CAPACITY; i++) {
            places[i] = i;
        }
    }

    @Override
    public void at(String id, long time) {
        if (size == times.length) {
            grow();
        }
        int place = places[size];
        ids[place] = id;
        rise(size++, time, place);
    }

    @Override
    public void advance(long time) throws StateException {
        while (size > 0 && times[0] <= time) {
            if (cancelled.getAsBoolean()) {
                throw new CancelTaskException("nobody is woken any more");
            }
            long due = times[0];
            int place = places[0];
            String id = ids[place];
            ids[place] = null;
            size--;
            sink(times[size], places[size]);
            places[size] = place;
            sleeper.wake(id, due);
        }
    }

    int size() {
        return size;
    }

    /** Places beyond {@link #size} are free, whichever they are. */
    private void grow() {
        int capacity = Math.multiplyExact(size, 2);
        times = Arrays.copyOf(times, capacity);
        places = Arrays.copyOf(places, capacity);
        ids = Arrays.copyOf(ids, capacity);
        for (int i = size; i < capacity; i++) {
            places[i] = i;
        }
    }

    private void rise(int from, long time, int place) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) / CHILDREN;
            if (times[parent] <= time) {
                break;
            }
            times[hole] = times[parent];
            places[hole] = places[parent];
            hole = parent;
        }
        times[hole] = time;
        places[hole] = place;
    }

    /** Brings what was last to where it belongs, from the top. */
    private void sink(long time, int place) {
        int hole = 0;
        for (int child = 1; child < size; child = hole * CHILDREN + 1) {
            int least = least(child);
            if (times[least] >= time) {
                break;
            }
            times[hole] = times[least];
            places[hole] = places[least];
            hole = least;
        }
        times[hole] = time;
        places[hole] = place;
    }

    private int least(int firstChild) {
        int least = firstChild;
        for (int child = firstChild + 1, end = Math.min(firstChild + CHILDREN, size); child < end; child++) {
            if (times[child] < times[least]) {
                least = child;
            }
        }
        return least;
    }
}
