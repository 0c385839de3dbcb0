package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The example of docs/model-core.md. */
class UsageTest {
    @Test
    void scoreThenLearn() throws Exception {
        Random random = new Random(1);
        // tag::usage[]
        List<InputSpec> inputs = List.of(new NumbersInput("numbers", 2, false));
        List<NodeSpec> layers = Presets.mlp(inputs, 1, List.of(16), 0, 0);
        Learner learner = Learner.create(ModelSpec.of(inputs, layers, Task.BINARY, OptimizerSpec.adam(0.01f)));
        Batch batch = new Batch(learner.layout(), 1);
        float[] score = new float[1];
        for (int i = 0; i < 20_000; i++) {
            float[] row = {random.nextFloat(), random.nextFloat()};
            batch.clear();
            batch.add(row, 0, new int[0], 0);
            learner.score(batch, score); // the probability of 1, before the outcome is known
            learner.learn(row, 0, new int[0], 0, row[0] > row[1] ? 1 : 0, 1);
        }
        byte[] snapshot = learner.snapshot(Map.of("made-by", "an example"));
        Scorer scorer = Model.read(snapshot).scorer(64); // in another thread, process or place
        // end::usage[]
        batch.clear();
        batch.add(new float[] {0.9f, 0.1f}, 0, new int[0], 0);
        scorer.score(batch, score);
        assertThat(score[0]).isGreaterThan(0.99f);
        assertThat(learner.steps()).isEqualTo(20_000 / 64);
    }
}
