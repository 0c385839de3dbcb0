package io.gradstream.pipeline.score;

import io.gradstream.model.kernels.Kernels;
import java.util.function.Function;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The scoring operator's metrics. */
public enum ScoreMetric {
    EVENTS("events", "Records of the input topic, whatever came of them.", ScoreOperator::events),
    DEAD_EVENTS("deadEvents", "Events that went to the dead-letter topic.", ScoreOperator::deadEvents),
    MODEL_VERSION(
            "modelVersion",
            "Version of the model that scores, which is the number of steps it has made.",
            ScoreOperator::modelVersion),
    MODEL_AGE(
            "modelAge",
            "Milliseconds of event time from the newest example that the model has learned to the newest event; -1 before"
                    + " the first event.",
            ScoreOperator::modelAge),
    SWAPS("swaps", "Times that a newer model took over.", ScoreOperator::swaps),
    REFUSED_SNAPSHOTS(
            "refusedSnapshots",
            "Snapshots that were not taken, of the whole job in this process: torn, altered, older, with weights that are not finite,"
                    + " or of another spec.",
            ScoreOperator::refusedSnapshots),
    UNREADABLE_SNAPSHOTS(
            "unreadableSnapshots",
            "Times that the snapshots topic could not be read, or was not there, of the whole job in this process.",
            ScoreOperator::unreadableSnapshots),
    KERNELS("kernels", "What the arithmetic runs on.", operator -> Kernels.description());

    private final String key;
    private final String doc;
    private final Function<ScoreOperator, Object> value;

    ScoreMetric(String key, String doc, Function<ScoreOperator, Object> value) {
        this.key = key;
        this.doc = doc;
        this.value = value;
    }

    /** Its name. */
    public String key() {
        return key;
    }

    /** What it is, in one sentence. */
    public String doc() {
        return doc;
    }

    void register(MetricGroup group, ScoreOperator operator) {
        group.gauge(key, (Gauge<Object>) () -> value.apply(operator));
    }
}
