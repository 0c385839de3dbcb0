package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.connectors.records.SnapshotManifest;
import io.gradstream.quickstart.watch.Outputs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Evaluation ALL = new Evaluation(
            "flights",
            "L",
            5724,
            Evaluation.Scope.ALL,
            732_685,
            5,
            Map.of(
                    "accuracy",
                    0.79012,
                    "majority-accuracy",
                    0.7745,
                    "last-accuracy",
                    0.687,
                    "auc",
                    0.741,
                    "log-loss",
                    0.47));
    private static final Snapshot SNAPSHOT = new Snapshot(
            new SnapshotManifest("flights", "L", 5724, "hash", 1, 10, "0".repeat(64), 5, Map.of()), new byte[10]);

    @Test
    void aWholeRun() {
        assertThat(text(false, new Outputs(732_685, 2, ALL, ALL, SNAPSHOT, 0)))
                .containsExactly(
                        "",
                        "732,685 departures and their outcomes in 12.3 s: 732,685 predictions committed, 732,685"
                                + " outcomes learned, 2 dead letters.",
                        "Every outcome was judged on what was served before it was known: accuracy 0.7901 (majority"
                                + " 0.7745, last known outcome 0.6870), AUC 0.7410, log-loss 0.4700.",
                        "The model is version 5,724, lineage L: m.safetensors",
                        "",
                        "What to try next:",
                        "  ./gradstream inspect m.safetensors",
                        "  ./gradstream replay flights.yaml --input flights.csv      the same evaluation, without a"
                                + " broker",
                        "  change a feature or the model in flights.yaml and run this again",
                        "  docs/deployment.md: the same file on a cluster");
    }

    @Test
    void aRunThatWasStopped() {
        assertThat(text(true, new Outputs(100, 0, ALL, null, SNAPSHOT, 0)))
                .startsWith(
                        "",
                        "Stopped. Everything it started is ended, its temporary files are gone.",
                        "Up to here in 12.3 s: 100 predictions committed, 732,685 outcomes learned, 0 dead letters.")
                .contains("The model is version 5,724, lineage L: m.safetensors");
    }

    @Test
    void aRunThatWasStoppedBeforeTheFirstFigures() {
        assertThat(text(true, Outputs.NONE))
                .contains("Up to here in 12.3 s: 0 predictions committed, 0 outcomes learned, 0 dead letters.")
                .noneMatch(line -> line.contains("accuracy") || line.contains("m.safetensors"));
    }

    @Test
    void aRunThatSkippedSteps() {
        assertThat(text(false, new Outputs(732_685, 2, ALL, ALL, SNAPSHOT, 0), 3))
                .anyMatch(line -> line.startsWith("3 of 5,727 mini-batches were skipped, "));
    }

    private static List<String> text(boolean stopped, Outputs outputs) {
        return text(stopped, outputs, 0);
    }

    private static List<String> text(boolean stopped, Outputs outputs, long skipped) {
        return new Summary(732_685, Duration.ofMillis(12_345), stopped, outputs, skipped, "flights")
                .text("m.safetensors", "./gradstream", "flights.yaml", "flights.csv");
    }
}
