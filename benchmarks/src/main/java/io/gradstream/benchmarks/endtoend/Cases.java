package io.gradstream.benchmarks.endtoend;

import io.gradstream.pipeline.config.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is compared with the identity job. */
enum Cases {
    /** Label in the event, logistic regression on 40 numbers. */
    LOGISTIC("logistic", Side.LEARN, "{preset: logistic}", false),
    /** Label in the event, MLP 40-256-128-1, score and learn. */
    MLP("mlp", Side.LEARN, "{preset: mlp, hidden: [256, 128]}", false),
    /** MLP 40-256-128-1, score only. */
    MLP_SCORE("mlp-score", Side.SCORE, "{preset: mlp, hidden: [256, 128]}", false),
    /** Flights joined with their outcomes, embeddings and a small MLP, in arrival order. */
    FLIGHTS("flights", Side.LEARN, null, false),
    /** The same in event-time order. */
    FLIGHTS_EVENT_TIME("flights-event-time", Side.LEARN, null, true),
    /** The quickstart's pipeline as it is: weights and embeddings of all pairs of categories beside the MLP. */
    QUICKSTART("quickstart", Side.LEARN, null, true);

    private final String title;
    private final Side side;
    private final String model;
    private final boolean eventTime;

    Cases(String title, Side side, String model, boolean eventTime) {
        this.title = title;
        this.side = side;
        this.model = model;
        this.eventTime = eventTime;
    }

    String title() {
        return title;
    }

    Side side() {
        return side;
    }

    boolean flights() {
        return model == null;
    }

    boolean eventTime() {
        return eventTime;
    }

    /** Whether pairs of categories are features too. */
    boolean pairs() {
        return this == QUICKSTART;
    }

    static Cases of(String title) {
        for (Cases each : values()) {
            if (each.title.equals(title)) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no case '" + title + "'; there are "
                + List.of(values()).stream().map(Cases::title).collect(Collectors.joining(", ")));
    }

    /** A pipeline over records of {@link Load}; topics are {@code input}, and {@code output} with a suffix. */
    String yaml(String bootstrap, String input, String output, boolean exactlyOnce, boolean latency, boolean bounded) {
        String numbers = IntStream.range(0, Load.NUMBERS).mapToObj(Load::name).collect(Collectors.joining(", "));
        return String.join(
                "\n",
                "name: " + title,
                "kafka: {bootstrap.servers: '" + bootstrap + "'}",
                "input: {topic: " + input
                        + ", format: {avro: forty.avsc}, id: id, time: time, start-offsets: earliest, bounded: "
                        + bounded + "}",
                "features:",
                "  - {numeric: [" + numbers + "], required: true}",
                "label: {field: label}",
                "task: binary",
                "model: " + model,
                "optimizer: {type: sgd, learning-rate: 0.05}",
                "output:",
                "  predictions: " + output,
                "  dead-letters: " + output + "-dead",
                "  metrics: " + output + "-metrics",
                "  snapshots: {topic: " + title + "-snapshots, every: 1000}",
                "  transactional-id-prefix: " + output,
                "delivery: " + (exactlyOnce ? "exactly-once" : "at-least-once"),
                "profile: " + (latency ? "latency" : "throughput"),
                "");
    }

    /** Every topic that a pipeline reads. */
    static List<String> topics(Pipeline pipeline) {
        List<String> topics = new ArrayList<>(pipeline.events().topics());
        if (!pipeline.labelInEvent()) {
            topics.addAll(pipeline.labels().input().topics());
        }
        return topics;
    }
}
