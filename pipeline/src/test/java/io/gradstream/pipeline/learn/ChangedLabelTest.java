package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.ShopViews.N;
import static io.gradstream.pipeline.learn.ShopViews.feed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.examples.Incoming;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    /** Checkpoints that are older than the settings in them: what they hold says how labels came. */
    @ParameterizedTest(name = "labels apart: {0}, {1}")
    @CsvSource({
        "true, nothing, false",
        "true, held rows, true",
        "true, chunks of held rows, true",
        "true, remembered ids, true",
        "false, nothing, false",
        "false, waiting events, true",
        "false, early labels, true",
        "false, a label's time, true",
        "false, labels of a partition, true"
    })
    void withoutSettingsLabelsThatMovedAreRefusedWhereSomethingWouldBeLost(boolean apart, String holds, boolean refused)
            throws Exception {
        LearnState state = older(begun(apart ? IN_EVENT : APART).snapshot(), holds);
        Pipeline changed = load(apart ? APART : IN_EVENT);
        if (refused) {
            assertThatThrownBy(() -> SavedLearner.read(changed, state))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining(apart ? "were in the events for" : "were on a topic of their own for");
        } else {
            assertThat(SavedLearner.read(changed, state).learner().steps()).isPositive();
        }
        Pipeline same = load(apart ? IN_EVENT : APART);
        assertThat(SavedLearner.read(same, state).learner().steps()).isPositive();
    }

    private static LearnState older(byte[] snapshot, String holds) throws Exception {
        byte[] none = new byte[0];
        long label = holds.equals("a label's time") ? 1 : Long.MIN_VALUE;
        Map<String, Long> counters = Map.of(
                "waiting", holds.equals("waiting events") ? 1L : 0, "early", holds.equals("early labels") ? 1L : 0);
        Highest newest = new Highest();
        if (holds.equals("labels of a partition")) {
            newest.raise(1, 0, 1);
        }
        List<Incoming> rows = holds.equals("chunks of held rows") ? List.of(Specs.event("a", 1, 1)) : List.of();
        return new LearnState(
                snapshot,
                none,
                none,
                new LearnCore.Moments(0, 0, 0, 0),
                new LearnState.Clocks(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, label),
                counters,
                new Highest(),
                newest,
                List.of(),
                holds.equals("held rows") ? new byte[1] : none,
                HeldChunks.of(rows).seal(),
                holds.equals("remembered ids") ? new byte[8] : none,
                Map.of(),
                true);
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
