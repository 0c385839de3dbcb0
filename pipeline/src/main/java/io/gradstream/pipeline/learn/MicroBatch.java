package io.gradstream.pipeline.learn;

import io.gradstream.model.Batch;
import io.gradstream.model.InputLayout;
import io.gradstream.pipeline.examples.Example;

/**
 * Events that will be scored together, with all that is needed once their scores are there. Columns, allocated once.
 */
public final class MicroBatch {

    /** What happens to a row after it was scored. */
    public enum Then {
        /** Nothing more. */
        FORGET,
        /** It is kept until its label comes. */
        KEEP,
        /** Its label is known: it is evaluated and learned. */
        LEARN
    }

    private final Batch batch;
    private final int outputs;
    private final String[] keys;
    private final int[] hashes;
    private final long[] times;
    private final int[] topics;
    private final int[] partitions;
    private final long[] offsets;
    private final float[] majorities;
    private final float[] lasts;
    private final float[] labels;
    private final float[] weights;
    private final long[] labelTimes;
    private final Then[] thens;
    private final boolean[] duplicates;
    private final float[] scores;

    /** An empty one for {@code capacity} rows of the layout, with {@code outputs} scores each. */
    public MicroBatch(InputLayout layout, int outputs, int capacity) {
        batch = new Batch(layout, capacity);
        this.outputs = outputs;
        keys = new String[capacity];
        hashes = new int[capacity];
        times = new long[capacity];
        topics = new int[capacity];
        partitions = new int[capacity];
        offsets = new long[capacity];
        majorities = new float[capacity];
        lasts = new float[capacity];
        labels = new float[capacity];
        weights = new float[capacity];
        labelTimes = new long[capacity];
        thens = new Then[capacity];
        duplicates = new boolean[capacity];
        scores = new float[capacity * outputs];
    }

    /** Copies an event into the next row. */
    public void add(Example example, Then then, boolean duplicate, float majority, float last) {
        int row = batch.size();
        batch.add(example.numbers, 0, example.ids, 0);
        keys[row] = example.id;
        hashes[row] = example.id.hashCode();
        times[row] = example.time;
        topics[row] = example.topic;
        partitions[row] = example.partition;
        offsets[row] = example.offset;
        weights[row] = example.weight;
        majorities[row] = majority;
        lasts[row] = last;
        thens[row] = then;
        duplicates[row] = duplicate;
    }

    /** Sets the label of the row added last, and when it became known. */
    void label(float value, long time) {
        labels[batch.size() - 1] = value;
        labelTimes[batch.size() - 1] = time;
    }

    /** Whether a row of this id waits to be scored and will then be kept. */
    boolean holds(String id) {
        int hash = id.hashCode();
        for (int row = 0, size = batch.size(); row < size; row++) {
            if (hashes[row] == hash && thens[row] == Then.KEEP && keys[row].equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** Forgets all rows. */
    public void clear() {
        batch.clear();
    }

    /** Whether it has no row. */
    public boolean isEmpty() {
        return batch.size() == 0;
    }

    /** Whether no further row fits. */
    public boolean isFull() {
        return batch.isFull();
    }

    /** How many rows it has. */
    public int size() {
        return batch.size();
    }

    /** The rows to score. */
    public Batch batch() {
        return batch;
    }

    InputLayout layout() {
        return batch.layout();
    }

    /** Scores of a row. */
    public int outputs() {
        return outputs;
    }

    /** Where the scores belong, row-major: (capacity, outputs). */
    public float[] scores() {
        return scores;
    }

    float[] numbers() {
        return batch.numbers();
    }

    int[] ids() {
        return batch.ids();
    }

    /** Whether all scores of a row are numbers: arithmetic of a model or row that is far too large overflows. */
    public boolean isScored(int row) {
        for (int i = row * outputs; i < (row + 1) * outputs; i++) {
            if (!Float.isFinite(scores[i])) {
                return false;
            }
        }
        return true;
    }

    /** Id of the row's event. */
    public String key(int row) {
        return keys[row];
    }

    /** Event time of the row. */
    public long time(int row) {
        return times[row];
    }

    /** Index of the row's topic among the input topics. */
    public int topic(int row) {
        return topics[row];
    }

    /** Partition the row came from. */
    public int partition(int row) {
        return partitions[row];
    }

    /** Offset the row came from. */
    public long offset(int row) {
        return offsets[row];
    }

    float majority(int row) {
        return majorities[row];
    }

    float last(int row) {
        return lasts[row];
    }

    float weight(int row) {
        return weights[row];
    }

    float label(int row) {
        return labels[row];
    }

    long labelTime(int row) {
        return labelTimes[row];
    }

    Then then(int row) {
        return thens[row];
    }

    boolean duplicate(int row) {
        return duplicates[row];
    }
}
