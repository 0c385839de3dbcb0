package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.InputSpec;
import io.gradstream.model.Learner;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Presets;
import io.gradstream.model.Task;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.statistics.Prequential;
import io.gradstream.pipeline.learn.LearnCore.Cadence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A regression whose targets are too large for its loss: no step is made, and that is said. */
class SkippedStepsTest {

    @Test
    void theFirstSecondFourthAreLogged() throws Exception {
        List<InputSpec> inputs = List.of(new InputSpec.NumbersInput("numbers", 2, false));
        Learner learner = Learner.create(
                ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.REGRESSION, OptimizerSpec.sgd(0.1f))
                        .withBatchSize(2));
        Counters counters = new Counters();
        SnapshotAbout about = new SnapshotAbout(Map.of(), List.of("views"), new Highest(), counters);
        LearnCore core = new LearnCore(
                new Cadence(1000, 0),
                learner,
                Prequential.create(Task.REGRESSION, 1, 10),
                counters,
                about,
                new Recorder());
        try (LogLines log = LogLines.of(SkippedSteps.class)) {
            for (int i = 0; i < 10; i++) {
                core.scoreAndLearn(Specs.event("e" + i, i, i), false, i < 2 ? 1 : 1e30f, i);
            }
            core.flush();
            assertThat(log.lines())
                    .hasSize(3)
                    .allMatch(line -> line.contains("were skipped"))
                    .last()
                    .asString()
                    .isEqualTo(SkippedSteps.told(4, 1));
        }
        assertThat(about.of(core).get("counters")).contains("\"skippedSteps\":4");
    }
}
