package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.InputSpec;
import io.gradstream.model.Learner;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.NodeSpec;
import io.gradstream.model.Task;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.statistics.Prequential;
import io.gradstream.pipeline.learn.LearnCore.Cadence;
import io.gradstream.pipeline.learn.MicroBatch.Then;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A score that is no number is a dead letter and no prediction; each event is one of the two. */
class NotScoredTest {

    @Test
    void noScoreThatIsNotFiniteGoesOut() throws Exception {
        List<InputSpec> inputs = List.of(new InputSpec.NumbersInput("numbers", 2, false));
        List<NodeSpec> layers = List.of(NodeSpec.of("wide", new Linear(4)), NodeSpec.of("out", new Linear(1)));
        ModelSpec spec = ModelSpec.of(inputs, layers, Task.REGRESSION, OptimizerSpec.sgd(1e30f));
        Learner learner = Learner.create(spec.withBatchSize(1));
        Counters counters = new Counters();
        Recorder recorder = new Recorder();
        LearnCore core = new LearnCore(
                new Cadence(1000, 0),
                learner,
                Prequential.create(Task.REGRESSION, 1, 10),
                counters,
                new SnapshotAbout(Map.of(), List.of("views"), new Highest(), counters),
                recorder);
        for (int i = 0; i < 10; i++) {
            if (i == 8) {
                core.flush();
                learner.learn(new float[] {1, 1}, 0, null, 0, 5, 1);
            }
            core.score(Specs.event("e" + i, i, i), Then.FORGET, false);
        }
        core.flush();
        assertThat(recorder.deadLetters).extracting(letter -> letter.message()).containsExactly("e8", "e9");
        assertThat(recorder.predictions)
                .hasSize(8)
                .noneMatch(line -> line.contains("NaN") || line.contains("Infinity"));
        assertThat(counters.get(LearnCount.PREDICTIONS)).isEqualTo(8);
        assertThat(counters.get(LearnCount.DEAD_EVENTS)).isEqualTo(2);
    }
}
