package io.gradstream.connectors.records;

/**
 * What the model said about one example, and where both came from. Mutable: an operator keeps one instance, sets it for
 * each example and emits it; whoever keeps one for longer takes a {@link #copy}.
 */
public final class Prediction implements Outgoing {
    private static final float[] NONE = {};

    private String id = "";
    private long eventTime;
    private String topic = "";
    private int partition;
    private long offset;
    private String model = "";
    private String lineage = "";
    private long version;
    private long modelAge = -1;
    private float[] scores = NONE;
    private boolean duplicate;

    /** An empty prediction, to be filled by the setters below. */
    public Prediction() {}

    /** Which example: its id, its event time (milliseconds since the epoch) and where its record lies. */
    public Prediction example(String id, long eventTime, String topic, int partition, long offset) {
        this.id = id;
        this.eventTime = eventTime;
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        return this;
    }

    /**
     * Which model: its name, lineage and version, and how old it was: milliseconds of event time since the weights' last
     * step, or -1 when it has made none.
     */
    public Prediction model(String name, String lineage, long version, long modelAge) {
        this.model = name;
        this.lineage = lineage;
        this.version = version;
        this.modelAge = modelAge;
        return this;
    }

    /** Copies {@code count} scores: P(1) for a binary task, one probability per class, or the value of a regression. */
    public Prediction scores(float[] from, int at, int count) {
        if (scores.length != count) {
            scores = new float[count];
        }
        System.arraycopy(from, at, scores, 0, count);
        return this;
    }

    /** Marks a second, third, … event with an id that was scored before. */
    public Prediction duplicate(boolean duplicate) {
        this.duplicate = duplicate;
        return this;
    }

    /** The example's id. */
    public String id() {
        return id;
    }

    /** Milliseconds since the epoch. */
    public long eventTime() {
        return eventTime;
    }

    /** The topic the example came from. */
    public String topic() {
        return topic;
    }

    /** The partition the example came from. */
    public int partition() {
        return partition;
    }

    /** The offset the example came from. */
    public long offset() {
        return offset;
    }

    /** The model's name. */
    public String model() {
        return model;
    }

    /** The lineage of the weights: another one with each start from scratch. */
    public String lineage() {
        return lineage;
    }

    /** The number of steps the weights had made. */
    public long version() {
        return version;
    }

    /** Milliseconds of event time since the weights' last step; -1 when they have made none. */
    public long modelAge() {
        return modelAge;
    }

    /** How many scores there are: 1, or the number of classes. */
    public int outputs() {
        return scores.length;
    }

    /** Score number {@code i}. */
    public float score(int i) {
        return scores[i];
    }

    /** A copy of the scores. */
    public float[] scores() {
        return scores.clone();
    }

    /** Whether an event with this id was scored before. */
    public boolean duplicate() {
        return duplicate;
    }

    /** A prediction of its own with the same content. */
    public Prediction copy() {
        return new Prediction()
                .example(id, eventTime, topic, partition, offset)
                .model(model, lineage, version, modelAge)
                .scores(scores, 0, scores.length)
                .duplicate(duplicate);
    }

    @Override
    public String toString() {
        return "Prediction[" + id + " of " + topic + "-" + partition + "@" + offset + " by " + model + " version "
                + version + ": " + java.util.Arrays.toString(scores) + (duplicate ? ", duplicate" : "") + "]";
    }
}
