package io.gradstream.pipeline.examples;

/** The outcome of an event, from a topic of its own. Mutable and reused by the decoder. */
public final class Label implements Incoming {

    /** The id of the event it belongs to. */
    public String id = "";
    /** When it became known, in milliseconds since 1970-01-01T00:00Z. */
    public long time;
    /** Index of the topic among the pipeline's input topics. */
    public int topic;
    /** Partition it came from. */
    public int partition;
    /** Offset in that partition. */
    public long offset;
    /** 0 or 1, the class index, or the value. */
    public float value;

    @Override
    public String id() {
        return id;
    }

    /** A label of its own with the same values. */
    public Label copy() {
        Label copy = new Label();
        copyTo(copy);
        return copy;
    }

    /** Makes {@code other} hold the same values. */
    void copyTo(Label other) {
        other.id = id;
        other.time = time;
        other.topic = topic;
        other.partition = partition;
        other.offset = offset;
        other.value = value;
    }

    @Override
    public String toString() {
        return "label " + value + " of " + id + " at " + time + " from " + topic + "-" + partition + "@" + offset;
    }
}
