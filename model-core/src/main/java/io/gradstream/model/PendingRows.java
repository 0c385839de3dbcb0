package io.gradstream.model;

/** The rows of an unfinished mini-batch, with their targets and weights, in the order they came. */
final class PendingRows {
    private final Batch rows;
    private final float[] targets;
    private final float[] weights;

    PendingRows(InputLayout layout, int capacity) {
        this.rows = new Batch(layout, capacity);
        this.targets = new float[capacity];
        this.weights = new float[capacity];
    }

    void add(float[] numbers, int numbersAt, int[] ids, int idsAt, float target, float weight) {
        int row = rows.size();
        rows.add(numbers, numbersAt, ids, idsAt);
        targets[row] = target;
        weights[row] = weight;
    }

    /** Adds those rows from {@code from} on for which there is room, and says how many. */
    int add(Batch batch, int from, float[] targets, float[] weights) {
        int row = rows.size();
        int count = Math.min(batch.size() - from, rows.capacity() - row);
        rows.add(batch, from, count);
        System.arraycopy(targets, from, this.targets, row, count);
        System.arraycopy(weights, from, this.weights, row, count);
        return count;
    }

    void clear() {
        rows.clear();
    }

    int size() {
        return rows.size();
    }

    boolean isFull() {
        return rows.isFull();
    }

    float[] numbers() {
        return rows.numbers();
    }

    int[] ids() {
        return rows.ids();
    }

    float[] targets() {
        return targets;
    }

    float[] weights() {
        return weights;
    }
}
