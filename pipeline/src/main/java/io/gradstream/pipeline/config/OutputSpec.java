package io.gradstream.pipeline.config;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.FromText;
import java.util.Optional;

/** Where results go. */
@Doc("Where results go; all topics are written in one transaction.")
public record OutputSpec(
        @Doc("Topic of the predictions.") String predictions,

        @Doc("Where snapshots of the model go; a topic alone takes the defaults. A scoring job needs it.")
        Optional<SnapshotsSpec> snapshots,

        @Doc("Where evaluations go; a topic alone takes the defaults.")
        Optional<MetricsSpec> metrics,

        @Doc("Topic of the records that cannot be used, each with the reason.")
        String deadLetters,

        @Doc("Prefix of transactional ids, one per job; without it gradstream-NAME.")
        Optional<String> transactionalIdPrefix) {

    /** Snapshots: their topic and how often. */
    @Doc("Snapshots of the model.")
    public record SnapshotsSpec(
            @Doc("Compacted topic of the snapshots.") String topic,

            @Doc("How often: a number of steps (1000, or 1000 steps) or a duration of event time (1h).")
            @Default("1000")
            String every) {

        /** The topic alone. */
        @FromText
        static SnapshotsSpec of(String topic) {
            return new SnapshotsSpec(topic, "1000");
        }
    }

    /** Evaluations: their topic and window. */
    @Doc("Prequential evaluation, as served.")
    public record MetricsSpec(
            @Doc("Topic of the evaluations.") String topic,

            @Doc("Labelled examples in one window.") @Default("10000")
            int window) {

        public MetricsSpec {
            if (window < 1) {
                throw new IllegalArgumentException("window must be at least 1, was " + window);
            }
        }

        /** The topic alone. */
        @FromText
        static MetricsSpec of(String topic) {
            return new MetricsSpec(topic, 10_000);
        }
    }
}
