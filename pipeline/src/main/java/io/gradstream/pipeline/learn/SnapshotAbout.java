package io.gradstream.pipeline.learn;

import io.gradstream.model.spec.Json;
import io.gradstream.model.statistics.Report;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a snapshot says besides its tensors: what the pipeline says of itself, offsets learned so far, and how good it was. */
final class SnapshotAbout {

    private static final String EVENT_TIME = "event-time";
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<String, String> pipeline;
    private final List<String> topics;
    private final Highest offsets;
    private final Counters counters;

    /**
     * @param pipeline written as it is: schema, features, label rule
     * @param topics names by topic index
     */
    SnapshotAbout(Map<String, String> pipeline, List<String> topics, Highest offsets, Counters counters) {
        this.pipeline = pipeline;
        this.topics = topics;
        this.offsets = offsets;
        this.counters = counters;
    }

    Map<String, String> of(LearnCore core) {
        Map<String, String> about = new LinkedHashMap<>(pipeline);
        about.put("offsets", Json.write(offsetsByPartition()));
        about.put("counters", Json.write(counted(core)));
        about.put("metrics", Json.write(metrics(core.evaluation().all())));
        about.putAll(eventTime(core.lastStepTime()));
        return about;
    }

    /** What a snapshot says of the time that its model has learned until; nothing if that is not known. */
    static Map<String, String> eventTime(long learnedUntil) {
        return learnedUntil == UNKNOWN
                ? Map.of()
                : Map.of(EVENT_TIME, Instant.ofEpochMilli(learnedUntil).toString());
    }

    /** The same as a snapshot says it; {@link Long#MIN_VALUE} if it does not, or not so that it can be read. */
    static long eventTime(Map<String, String> about) {
        try {
            return about.containsKey(EVENT_TIME)
                    ? Instant.parse(about.get(EVENT_TIME)).toEpochMilli()
                    : UNKNOWN;
        } catch (DateTimeParseException | ArithmeticException e) {
            return UNKNOWN; // another program's snapshot
        }
    }

    private Map<String, Long> counted(LearnCore core) {
        Map<String, Long> counted = counters.byKey();
        counted.put(LearnGauge.SKIPPED_STEPS.key(), core.learner().skippedSteps());
        counted.put(LearnGauge.ROLLBACKS.key(), core.learner().rollbacks());
        return counted;
    }

    private Map<String, Object> offsetsByPartition() {
        Map<String, Object> byPartition = new LinkedHashMap<>();
        offsets.forEach((partition, offset) -> byPartition.put(topic(partition[0]) + "-" + partition[1], offset));
        return byPartition;
    }

    private String topic(int index) {
        return index < topics.size() ? topics.get(index) : Integer.toString(index);
    }

    private static Map<String, Object> metrics(Report report) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("examples", report.examples());
        for (int i = 0; i < report.names().size(); i++) {
            metrics.put(report.names().get(i), report.values().get(i));
        }
        return metrics;
    }
}
