package io.gradstream.model;

/**
 * Rows to be scored together: copies in two row-major arrays, allocated once. Not thread-safe.
 *
 * <p>A missing number is {@link #MISSING}, where the input allows it. What the rows contain is checked by the {@link Scorer} or
 * {@link Learner} that they are given to, not here.
 */
public final class Batch {
    /** A number that is not there: NaN. */
    public static final float MISSING = Float.NaN;

    private final InputLayout layout;
    private final int capacity;
    private final float[] numbers;
    private final int[] ids;
    private int size;

    /** An empty batch of at most {@code capacity} rows, at least 1. */
    public Batch(InputLayout layout, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a batch holds at least 1 row, capacity was " + capacity);
        }
        this.layout = layout;
        this.capacity = capacity;
        this.numbers = new float[length(capacity, layout.numbers(), "numbers")];
        this.ids = new int[length(capacity, layout.ids(), "ids")];
    }

    private static int length(int rows, int width, String what) {
        long length = (long) rows * width;
        if (length > Allocator.MOST) {
            throw new IllegalArgumentException(
                    "a batch: wanted at most 2^31 - 9 " + what + " in all rows, came " + rows + " rows of " + width);
        }
        return (int) length;
    }

    /** The widths of each row. */
    public InputLayout layout() {
        return layout;
    }

    /** How many rows fit. */
    public int capacity() {
        return capacity;
    }

    /** How many rows are in it. */
    public int size() {
        return size;
    }

    /** Whether no further row fits. */
    public boolean isFull() {
        return size == capacity;
    }

    /** Forgets all rows. */
    public void clear() {
        size = 0;
    }

    /**
     * Copies one row: {@code layout.numbers()} floats from {@code numbersAt} and {@code layout.ids()} ids from {@code idsAt}. An array
     * of which nothing is wanted may be null.
     *
     * @throws IllegalStateException if the batch is full
     * @throws IllegalArgumentException if an array is too short
     */
    public void add(float[] numbers, int numbersAt, int[] ids, int idsAt) {
        if (size == capacity) {
            throw new IllegalStateException("the batch is full: " + capacity + " rows; score and clear it first");
        }
        layout.check(numbers, numbersAt, ids, idsAt);
        if (layout.numbers() > 0) {
            System.arraycopy(numbers, numbersAt, this.numbers, size * layout.numbers(), layout.numbers());
        }
        if (layout.ids() > 0) {
            System.arraycopy(ids, idsAt, this.ids, size * layout.ids(), layout.ids());
        }
        size++;
    }

    /** Copies rows of another batch of the same layout, for which there is room. */
    void add(Batch other, int from, int count) {
        int width = layout.numbers();
        System.arraycopy(other.numbers, from * width, numbers, size * width, count * width);
        System.arraycopy(other.ids, from * layout.ids(), ids, size * layout.ids(), count * layout.ids());
        size += count;
    }

    /** The rows' floats, row-major: (capacity, layout.numbers()). Not a copy. */
    public float[] numbers() {
        return numbers;
    }

    /** The rows' ids, row-major: (capacity, layout.ids()). Not a copy. */
    public int[] ids() {
        return ids;
    }
}
