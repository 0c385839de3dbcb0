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
