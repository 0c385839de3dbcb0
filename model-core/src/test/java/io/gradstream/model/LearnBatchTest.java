package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows learned together are as rows learned one by one. */
class LearnBatchTest {
    private static final int ROWS = 300;

    static Stream<NamedSpec> specs() {
        return ContractSpecs.all();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void givesTheBitsOfRowAfterRow(NamedSpec named) {
        ModelSpec spec = named.spec();
        Learner alone = Learner.create(spec);
        Learner together = Learner.create(spec);
        Example example = new Example(spec, 1);
        int[] sizes = {1, spec.batchSize() - 1, spec.batchSize(), 2 * spec.batchSize() + 3};
        int filled = 0;
        for (int rows = 0, turn = 0; rows < ROWS; turn++) {
            int size = Math.max(1, sizes[turn % sizes.length]);
            Batch batch = new Batch(spec.layout(), size + 2);
            float[] targets = new float[size + 1];
            float[] weights = new float[size + 1];
            for (int row = 0; row < size; row++) {
                example.next().learnBy(alone);
                example.addTo(batch);
                targets[row] = example.target;
                weights[row] = example.weight;
            }
            float[] numbers = batch.numbers().clone();
            filled += together.learn(batch, targets, weights);
            assertThat(batch.numbers()).isEqualTo(numbers);
            assertThat(batch.size()).isEqualTo(size);
            rows += size;
        }
        assertThat(filled).isEqualTo((int) (alone.steps() + alone.skippedSteps()));
        assertThat(together.pending()).isEqualTo(alone.pending());
        assertThat(Tensors.sha256(together.snapshot(Map.of()))).isEqualTo(Tensors.sha256(alone.snapshot(Map.of())));
    }

    /** A layer that works in place writes over what it reads: not over the rows. */
    @Test
    void aLayerThatWorksInPlaceReadsTheRowsAndLeavesThemAsTheyAre() {
        NodeSpec logit = NodeSpec.of("logit", new Linear(1));
        Learner plain = Learner.create(onThreeNumbers(List.of(logit)));
        Learner dropping = Learner.create(onThreeNumbers(List.of(NodeSpec.of("drop", new Dropout(0.5f)), logit)));
        Batch batch = new Batch(plain.layout(), 4);
        Example example = new Example(plain.spec(), 1);
        while (!batch.isFull()) {
            example.next().addTo(batch);
        }
        float[] numbers = batch.numbers().clone();
        float[] scores = new float[4];
        plain.score(batch, scores);
        float[] same = new float[4];
        dropping.score(batch, same);
        assertThat(same).isEqualTo(scores);
        assertThat(dropping.learn(batch, new float[4], new float[] {1, 1, 1, 1}))
                .isOne();
        assertThat(batch.numbers()).isEqualTo(numbers);
    }

    private static ModelSpec onThreeNumbers(List<NodeSpec> layers) {
        List<InputSpec> inputs = List.of(new InputSpec.NumbersInput("numbers", 3, false));
        return ModelSpec.of(inputs, layers, Task.BINARY, new OptimizerSpec.Sgd(0.1f, 0, false))
                .withBatchSize(4);
    }

    @Test
    void learnsNothingIfOneRowIsImpossible() {
        ModelSpec spec = ContractSpecs.mlp();
        Learner learner = Learner.create(spec);
        Batch batch = new Batch(spec.layout(), 3);
        Example example = new Example(spec, 1);
        while (!batch.isFull()) {
            example.next().addTo(batch);
        }
        float[] zeros = new float[3];
        float[] ones = {1, 1, 1};
        assertRefused(
                learner, batch, new float[2], ones, "wanted a target and a weight for each of 3 rows, came 2 targets");
        assertRefused(learner, batch, zeros, new float[2], "came 3 targets and 2 weights");
        assertRefused(learner, batch, new float[] {0, 1, 2}, ones, "row 2, target: wanted 0 or 1, came 2.0");
        assertRefused(
                learner, batch, zeros, new float[] {1, -1, 1}, "row 1, weight: wanted 0 or more and finite, came -1.0");
        batch.numbers()[batch.layout().numbers() + 1] = Float.POSITIVE_INFINITY;
        assertRefused(
                learner, batch, zeros, ones, "row 1, input 'dense', number 1: wanted a finite number, came Infinity");
        Batch other = new Batch(new InputLayout(1, 0), 1);
        assertRefused(learner, other, zeros, ones, "wanted rows of ");
        Arrays.fill(batch.numbers(), 0);
        assertThat(learner.learn(batch, zeros, ones)).isZero();
        assertThat(learner.pending()).isEqualTo(3);
    }

    private static void assertRefused(Learner learner, Batch batch, float[] targets, float[] weights, String message) {
        assertThatThrownBy(() -> learner.learn(batch, targets, weights))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(learner.pending()).isZero();
    }
}
