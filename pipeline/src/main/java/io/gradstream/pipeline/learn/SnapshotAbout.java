package io.gradstream.pipeline.learn;

import io.gradstream.model.spec.Json;
import io.gradstream.model.statistics.Report;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a snapshot says besides its tensors: what the pipeline says of itself, offsets learned so far, and how good it was. */
final class SnapshotAbout {

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
        if (core.lastStepTime() != Long.MIN_VALUE) {
            about.put("event-time", Instant.ofEpochMilli(core.lastStepTime()).toString());
        }
        return about;
    }

    private Map<String, Long> counted(LearnCore core) {
        Map<String, Long> counted = counters.byKey();
        counted.put(LearnGauge.SKIPPED_STEPS.key(), core.learner().skippedSteps());
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
