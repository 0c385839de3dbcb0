package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.Targets;
import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.ScheduleSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are numbers, and allowed, but so large that something on the way could overflow: they must not spoil what comes after. */
class ExtremeRowsTest {

    static Stream<OptimizerSpec> optimizers() {
        return Stream.of(
                new OptimizerSpec.Sgd(0.1f, 0, false),
                new OptimizerSpec.Sgd(0.1f, 0.9f, true),
                new OptimizerSpec.Adagrad(0.1f, 1e-10f),
                new OptimizerSpec.RmsProp(0.01f, 0.99f, 1e-8f),
                new OptimizerSpec.Adam(0.01f, 0.9f, 0.999f, 1e-8f),
                new OptimizerSpec.AdamW(0.01f, 0.9f, 0.999f, 1e-8f, 0.01f),
                new OptimizerSpec.Ftrl(0.1f, 1, 0, 0));
    }

    /** Each gradient's squares fit a float, and the sum of those of a few steps does not. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void sumsOfSquaresDoNotOverflowStepByStep(OptimizerSpec optimizer) {
        Learner learner = Learner.create(spec(optimizer));
        for (float x : new float[] {1.8e19f, 1e18f, 1e16f}) {
            for (int i = 0; i < 400; i++) {
                learner.learn(new float[] {x}, 0, new int[0], 0, i % 2, 1);
            }
        }
        assertThat(learner.skippedSteps()).isPositive();
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            float x = (float) random.nextGaussian();
            learner.learn(new float[] {x}, 0, new int[0], 0, x > 0 ? 1 : 0, 1);
        }
        Batch batch = new Batch(learner.layout(), 2);
        batch.add(new float[] {2}, 0, new int[0], 0);
        batch.add(new float[] {-2}, 0, new int[0], 0);
        float[] scores = new float[2];
        learner.score(batch, scores);
        assertThat(scores[0]).isGreaterThan(0.7f);
        assertThat(scores[1]).isLessThan(0.3f);
    }

    /** The statistics of a column neither keep an absurd number for ever, nor hold on to what a column no longer is. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneAbsurdNumberSpoilsNoColumn(boolean missing) {
        List<InputSpec> inputs = List.of(new NumbersInput("x", 2, missing));
        ModelSpec spec =
                ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, new OptimizerSpec.Adagrad(0.1f, 1e-10f));
        Learner learner = Learner.create(spec);
        Random random = new Random(3);
        learn(learner, random, 10_000, 1);
        learner.learn(new float[] {1e12f, 0}, 0, new int[0], 0, 1, 1);
        learn(learner, random, 10_000, 1);
        assertThat(right(learner, random, 1)).isGreaterThan(0.95);
        learn(learner, random, 20_000, 1e4f);
        assertThat(right(learner, random, 1e4f)).isGreaterThan(0.95);
    }

    private static void learn(Learner learner, Random random, int rows, float size) {
        for (int i = 0; i < rows; i++) {
            float[] row = {size * (float) random.nextGaussian(), size * (float) random.nextGaussian()};
            learner.learn(row, 0, new int[0], 0, row[0] + row[1] > 0 ? 1 : 0, 1);
        }
    }

    private static double right(Learner learner, Random random, float size) {
        Batch batch = new Batch(learner.layout(), 1000);
        boolean[] above = new boolean[1000];
        for (int i = 0; i < above.length; i++) {
            float[] row = {size * (float) random.nextGaussian(), size * (float) random.nextGaussian()};
            above[i] = row[0] + row[1] > 0;
            batch.add(row, 0, new int[0], 0);
        }
        float[] scores = new float[above.length];
        learner.score(batch, scores);
        int right = 0;
        for (int i = 0; i < above.length; i++) {
            right += scores[i] > 0.5f == above[i] ? 1 : 0;
        }
        return right / 1000.0;
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void onlyTheScoresOfARowThatOverflowsAreNotFinite(Task task) {
        int outputs = task == Task.MULTICLASS ? 2 : 1;
        ModelSpec spec = ModelSpec.of(
                        List.of(new NumbersInput("x", 2, false)),
                        named(List.of(new Linear(2), new Linear(outputs, false, Init.ZEROS))),
                        task,
                        new OptimizerSpec.Sgd(0.1f, 0, false))
                .withBatchSize(1);
        Learner learner = Learner.create(spec);
        Arrays.fill(learner.state().weights().dense(), 10);
        Batch batch = new Batch(learner.layout(), 4);
        float[][] rows = {{0.01f, 0}, {3e38f, 0}, {-3e38f, 0}, {0, -0.01f}};
        for (float[] row : rows) {
            batch.add(row, 0, null, 0);
        }
        Learner untouched = Learner.create(spec);
        Arrays.fill(untouched.state().weights().dense(), 10);
        float[] scores = new float[4 * outputs];
        float[] served = new float[4 * outputs];
        learner.score(batch, scores);
        learner.model().scorer(4).score(batch, served);
        assertThat(served).isEqualTo(scores);
        for (int row = 1; row < 3; row++) {
            float score = scores[row * outputs];
            switch (task) {
                case REGRESSION -> assertThat(score).isInfinite();
                case BINARY -> assertThat(score).isEqualTo(row == 1 ? 1 : 0);
                default -> assertThat(score).isNaN();
            }
        }
        batch.clear();
        batch.add(rows[3], 0, null, 0);
        untouched.score(batch, served);
        assertThat(scores[3 * outputs]).isEqualTo(served[0]).isFinite();
        assertThat(learner.learn(rows[2], 0, null, 0, 1, 1)).isTrue();
        assertThat(learner.skippedSteps()).isEqualTo(1);
        assertThat(learner.state().weights().dense())
                .isEqualTo(untouched.state().weights().dense());
    }

    /** With a limit on the gradient's length, what is long is shortened and learned. */
    @Test
    void aLongGradientThatIsClippedIsLearned() {
        ModelSpec spec = spec(new OptimizerSpec.Adagrad(0.1f, 1e-10f)).withClipping(new Clipping(0, 1));
        Learner learner = Learner.create(spec);
        learner.learn(new float[] {1e17f}, 0, new int[0], 0, 1, 1);
        assertThat(learner.steps()).isEqualTo(1);
    }

    static Stream<List<LayerSpec>> overSteps() {
        return Stream.of(
                List.of(new Linear(3), new Linear(3), new Pool(), new Linear(1)),
                List.of(new Linear(4), new LayerNorm(), new Pool(), new Linear(1)),
                List.of(
                        new Linear(4),
                        new TransformerEncoder(1, 2, 4, HiddenActivation.GELU, NormPlace.POST, 0, false),
                        new Pool(),
                        new Linear(1)));
    }

    /** What lies behind the end of a sequence is allowed to be anything finite. */
    @ParameterizedTest
    @MethodSource("overSteps")
    void hugePaddingIsNotLearned(List<LayerSpec> layers) {
        float[] row = {0.5f, -1, 1, 2, 0, 0, 0, 0};
        float[] padded = row.clone();
        Arrays.fill(padded, 4, 8, 3e38f);
        padded[5] = -3e38f;
        assertThat(learned(layers, padded)).isEqualTo(learned(layers, row));
    }

    private static float[] learned(List<LayerSpec> layers, float[] row) {
        ModelSpec spec = ModelSpec.of(
                        List.of(new SequenceInput("x", 4, 2)),
                        named(layers),
                        Task.BINARY,
                        new OptimizerSpec.Sgd(0.1f, 0, false))
                .withBatchSize(1);
        Learner learner = Learner.create(spec);
        for (int i = 0; i < 5; i++) {
            learner.learn(row, 0, new int[] {2}, 0, 1, 1);
        }
        assertThat(learner.steps()).isEqualTo(5);
        Batch batch = new Batch(learner.layout(), 1);
        batch.add(row, 0, new int[] {2}, 0);
        float[] scores = new float[1];
        learner.score(batch, scores);
        return scores;
    }

    @Test
    void settingsThatEndInNothingAreRefused() {
        assertThatThrownBy(() -> new ScheduleSpec.Step(1, 2)).hasMessage("factor must be at most 1, was 2.0");
        assertThatThrownBy(() -> new OptimizerSpec.Ftrl(0.1f, 0, 0, 0))
                .hasMessage("beta must be > 0 where l2 is 0, was 0: nothing would hold first weights");
        assertThatThrownBy(() -> new CrossEntropy(Optional.empty(), Optional.of(List.of(3e38f, 3e38f))))
                .hasMessage("class-weights must be 0, or from 1e-30 to 1e30, one was 3.0E38");
        assertThatThrownBy(() -> new CrossEntropy(Optional.empty(), Optional.of(List.of(1f, 1e-40f))))
                .hasMessage("class-weights must be 0, or from 1e-30 to 1e30, one was 1.0E-40");
    }

    /** A mini-batch of only that class has no other weight to be divided by. */
    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e30f})
    void theSmallestAndLargestWeightOfAClassAreLearned(float weight) {
        for (float smoothing : new float[] {0, 0.1f}) {
            List<Float> weights = List.of(smoothing == 0 ? 1 : weight, weight);
            ModelSpec spec = ModelSpec.of(
                            List.of(new NumbersInput("x", 2, false)),
                            named(List.of(new Linear(2))),
                            Task.MULTICLASS,
                            OptimizerSpec.sgd(0.1f))
                    .withLoss(new CrossEntropy(Optional.of(smoothing), Optional.of(weights)))
                    .withBatchSize(2);
            Learner learner = Learner.create(spec);
            learner.learn(new float[] {1, 2}, 0, null, 0, 1, 1000);
            learner.learn(new float[] {2, 1}, 0, null, 0, 1, 1);
            assertThat(learner.steps()).isEqualTo(1);
        }
    }

    /** Also where the loss and its slope are 0, as of a hinge far on its right side. */
    @ParameterizedTest
    @MethodSource("io.gradstream.model.LossTest#losses")
    void aLogitThatIsNotFiniteIsNeverLearned(LossSpec loss) {
        boolean classes = loss.targets() == Targets.CLASS;
        Task task = classes ? Task.MULTICLASS : loss.targets() == Targets.ZERO_OR_ONE ? Task.BINARY : Task.REGRESSION;
        ModelSpec spec = ModelSpec.of(
                        List.of(new NumbersInput("x", 1, false)),
                        named(List.of(new Linear(classes ? 3 : 1))),
                        task,
                        OptimizerSpec.sgd(0.1f))
                .withLoss(loss)
                .withBatchSize(2);
        for (int i = 0; i < 8; i++) {
            Learner learner = Learner.create(spec);
            Arrays.fill(learner.state().weights().dense(), 10);
            float[] before = learner.state().weights().dense().clone();
            learner.learn(new float[] {i / 4 == 0 ? 3e38f : -3e38f}, 0, null, 0, i % 2, i / 2 % 2);
            learner.learn(new float[] {0.01f}, 0, null, 0, 1, 1);
            assertThat(learner.skippedSteps()).as("row %s", i).isEqualTo(1);
            assertThat(learner.state().weights().dense()).isEqualTo(before);
        }
    }

    private static ModelSpec spec(OptimizerSpec optimizer) {
        return ModelSpec.of(
                        List.of(new NumbersInput("x", 1, false)),
                        named(List.of(new Linear(1, true, Init.ZEROS))),
                        Task.BINARY,
                        optimizer)
                .withBatchSize(1);
    }

    private static List<NodeSpec> named(List<LayerSpec> layers) {
        List<NodeSpec> nodes = new ArrayList<>();
        for (LayerSpec layer : layers) {
            nodes.add(NodeSpec.of("layer-" + nodes.size(), layer));
        }
        return nodes;
    }
}
