package io.gradstream.pipeline.examples;

/**
 * One event as the model sees it: a flat row of floats and hashed ids, with its id, time and origin. Mutable and reused
 * by the decoder, so whoever keeps one keeps a {@link #copy()}.
 */
public final class Example implements Incoming {

    private static final float[] NO_NUMBERS = new float[0];
    private static final int[] NO_IDS = new int[0];

    /** What a label refers to it by. */
    public String id = "";
    /** Event time, in milliseconds since 1970-01-01T00:00Z. */
    public long time;
    /** Index of the topic among the pipeline's input topics. */
    public int topic;
    /** Partition it came from. */
    public int partition;
    /** Offset in that partition. */
    public long offset;
    /** All float inputs one after another; NaN where one is missing. */
    public float[] numbers = NO_NUMBERS;
    /** All id inputs one after another, each inside its field's buckets. */
    public int[] ids = NO_IDS;
    /** The label, if it came with the event: 0 or 1, the class index, or the value; else NaN. */
    public float label = Float.NaN;
    /** Weight of the example in the loss, 0 or more. */
    public float weight = 1;

    @Override
    public String id() {
        return id;
    }

    /** Whether the label came with the event. */
    public boolean labelled() {
        return !Float.isNaN(label);
    }

    /** An example of its own with the same values. */
    public Example copy() {
        Example copy = new Example();
        copyTo(copy);
        return copy;
    }

    /** Makes {@code other} hold the same values; its arrays are reused if they have the same lengths. */
    void copyTo(Example other) {
        other.id = id;
        other.time = time;
        other.topic = topic;
        other.partition = partition;
        other.offset = offset;
        other.label = label;
        other.weight = weight;
        other.resize(numbers.length, ids.length);
        System.arraycopy(numbers, 0, other.numbers, 0, numbers.length);
        System.arraycopy(ids, 0, other.ids, 0, ids.length);
    }

    /** Makes room for rows of these widths; what the arrays hold is undefined afterwards. */
    public void resize(int numbersWidth, int idsWidth) {
        if (numbers.length != numbersWidth) {
            numbers = numbersWidth == 0 ? NO_NUMBERS : new float[numbersWidth];
        }
        if (ids.length != idsWidth) {
            ids = idsWidth == 0 ? NO_IDS : new int[idsWidth];
        }
    }

    @Override
    public String toString() {
        return "example " + id + " at " + time + " from " + topic + "-" + partition + "@" + offset;
    }
}
