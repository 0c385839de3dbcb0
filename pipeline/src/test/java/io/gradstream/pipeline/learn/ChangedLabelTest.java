package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.ShopViews.N;
import static io.gradstream.pipeline.learn.ShopViews.feed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A label that means something else is refused; one that comes another way is refused by a checkpoint and taken from a snapshot. */
class ChangedLabelTest {
    private static final String IN_EVENT = "field: sold";
    private static final String APART = IN_EVENT + ", topic: sales, id: id, time: time, wait: 60s";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "false, 'threshold: 0.5', label.threshold is 0.5 here",
        "true, 'threshold: 0.5', label.threshold is 0.5 here",
        "false, 'classes: [no, yes]', label.classes",
        "true, 'classes: [no, yes]', label.classes"
    })
    void anotherMeaningIsRefusedAndNamed(boolean apart, String rule, String named) throws Exception {
        String label = apart ? APART : IN_EVENT;
        OperatorRun run = begun(label);
        byte[] snapshot = run.snapshot();
        Pipeline changed = load(label + ", " + rule);
        assertThatThrownBy(() -> run.restored(changed))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("the model in the checkpoint cannot be gone on from");
        assertThatThrownBy(() -> SavedLearner.read(changed, snapshot, "the file m"))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest(name = "from labels apart: {0}")
    @CsvSource({
        "false, 'labels are on a topic of their own (label.topic) here, and were in the events for the checkpoint'",
        "true, 'labels are in the events here, and were on a topic of their own for the checkpoint'"
    })
    void labelsThatMovedAreRefusedByACheckpointAndTakenFromItsModel(boolean apart, String said) throws Exception {
        OperatorRun run = begun(apart ? APART : IN_EVENT);
        byte[] snapshot = run.snapshot();
        Pipeline changed = load(apart ? IN_EVENT : APART);
        assertThatThrownBy(() -> run.restored(changed))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("start-from: topic, and start-offsets: committed");
        try (OperatorRun gone = new OperatorRun(changed, of -> SavedLearner.read(of, snapshot, "the file m"))) {
            feed(gone, 300, N);
            assertThat(gone.counters().get("learned")).isPositive();
        }
    }

    @Test
    void anotherTopicOfLabelsIsSaid() throws Exception {
        try (LogLines log = LogLines.of(SavedLearner.class);
                OperatorRun run = begun(APART).restored(load(APART.replace("sales", "[sales, returns]")))) {
            assertThat(run.counters().get("events")).isPositive();
            assertThat(log.lines())
                    .containsExactly(
                            "pipeline 'shop' goes on from the checkpoint with other settings: label.topic sales →"
                                    + " sales, returns");
        }
    }

    private OperatorRun begun(String label) throws Exception {
        OperatorRun run = new OperatorRun(load(label));
        feed(run, 0, 300);
        return run;
    }

    private Pipeline load(String label) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                input: {topic: views, format: json, id: id, time: time}
                features: [{numeric: [price, visits]}]
                label: {%s}
                task: binary
                output: {predictions: p, dead-letters: d}
                """.formatted(label));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
