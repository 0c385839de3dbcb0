package io.gradstream.model;

/**
 * The rows of an unfinished mini-batch, with their targets and weights, in the order they came; or for one step a whole mini-batch of
 * someone else's rows, where they lie.
 */
final class PendingRows {
    private final Batch rows;
    /** Where the rows are: the own ones, or those that are lent. */
    private Batch source;

    private int first;
    private final float[] ownTargets;
    private final float[] ownWeights;
    /** Of each row from 0 on, wherever the rows are. */
    private float[] targets;

    private float[] weights;

    PendingRows(InputLayout layout, int capacity) {
        this.rows = new Batch(layout, capacity);
        this.source = rows;
        this.ownTargets = new float[capacity];
        this.ownWeights = new float[capacity];
        clear();
    }

    void add(float[] numbers, int numbersAt, int[] ids, int idsAt, float target, float weight) {
        int row = rows.size();
        rows.add(numbers, numbersAt, ids, idsAt);
        ownTargets[row] = target;
        ownWeights[row] = weight;
    }

    /** Adds those rows from {@code from} on for which there is room, and says how many. */
    int add(Batch batch, int from, float[] targets, float[] weights) {
        int row = rows.size();
        int count = Math.min(batch.size() - from, rows.capacity() - row);
        rows.add(batch, from, count);
        System.arraycopy(targets, from, ownTargets, row, count);
        System.arraycopy(weights, from, ownWeights, row, count);
        return count;
    }

    /** Takes a whole mini-batch from row {@code from} on, until {@link #clear}, where none are pending. */
    void lend(Batch batch, int from, float[] targets, float[] weights) {
        source = batch;
        first = from;
        if (from == 0) {
            this.targets = targets;
            this.weights = weights;
        } else {
            System.arraycopy(targets, from, ownTargets, 0, rows.capacity());
            System.arraycopy(weights, from, ownWeights, 0, rows.capacity());
        }
    }

    void clear() {
        source = rows;
        first = 0;
        targets = ownTargets;
        weights = ownWeights;
        rows.clear();
    }

    int size() {
        return source == rows ? rows.size() : rows.capacity();
    }

    int capacity() {
        return rows.capacity();
    }

    boolean isFull() {
        return size() == rows.capacity();
    }

    /** Index of the first row in {@link #numbers} and {@link #ids}. */
    int first() {
        return first;
    }

    float[] numbers() {
        return source.numbers();
    }

    int[] ids() {
        return source.ids();
    }

    float[] targets() {
        return targets;
    }

    float[] weights() {
        return weights;
    }
}
