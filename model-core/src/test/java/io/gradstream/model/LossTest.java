package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.Focal;
import io.gradstream.model.losses.Hinge;
import io.gradstream.model.losses.Huber;
import io.gradstream.model.losses.Link;
import io.gradstream.model.losses.Loss;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.MeanAbsoluteError;
import io.gradstream.model.losses.MeanSquaredError;
import io.gradstream.model.losses.Poisson;
import io.gradstream.model.losses.Quantile;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every loss keeps to, whatever its settings. */
class LossTest {
    private static final int ROWS = 23;
    private static final float STEP = 1e-2f;

    static Stream<LossSpec> losses() {
        return Stream.of(
                new BinaryCrossEntropy(),
                new BinaryCrossEntropy(Optional.of(3f)),
                new CrossEntropy(),
                new CrossEntropy(Optional.of(0.2f), Optional.empty()),
                new CrossEntropy(Optional.empty(), Optional.of(List.of(0.5f, 0f, 2f))),
                new CrossEntropy(Optional.of(0.3f), Optional.of(List.of(0.5f, 1f, 2f))),
                new Focal(0, Optional.empty()),
                new Focal(1.5f, Optional.of(0.25f)),
                new Hinge(),
                new Huber(0.7f),
                new MeanAbsoluteError(),
                new MeanSquaredError(),
                new Poisson(),
                new Quantile(0.8f));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theGradientIsTheSlope(LossSpec spec) {
        Rows rows = new Rows(spec, 3);
        Loss loss = spec.make(ROWS, rows.width);
        float[] gradient = new float[ROWS * rows.width];
        float[] scratch = gradient.clone();
        loss.evaluate(rows.outputs, rows.targets, rows.weights, ROWS, gradient);
        for (int i = 0; i < gradient.length; i++) {
            float before = rows.outputs[i];
            rows.outputs[i] = before + STEP;
            double above = loss.evaluate(rows.outputs, rows.targets, rows.weights, ROWS, scratch);
            rows.outputs[i] = before - STEP;
            double below = loss.evaluate(rows.outputs, rows.targets, rows.weights, ROWS, scratch);
            rows.outputs[i] = before;
            assertThat((above - below) / (2 * STEP)).isCloseTo(gradient[i], within(5e-4));
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double bound) {
        return org.assertj.core.data.Offset.offset(bound);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aRowOfWeightZeroHasNoGradientAndHugeOutputsGiveNoNaN(LossSpec spec) {
        Rows rows = new Rows(spec, 4);
        Loss loss = spec.make(ROWS, rows.width);
        float[] gradient = new float[ROWS * rows.width];
        for (int i = 0; i < rows.outputs.length; i++) {
            rows.outputs[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
        }
        Arrays.fill(rows.weights, 0, 5, 0);
        assertThat(loss.evaluate(rows.outputs, rows.targets, rows.weights, ROWS, gradient))
                .isNotNaN();
        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i]).isNotNaN();
            assertThat(Math.abs(gradient[i])).isLessThanOrEqualTo(i < 5 * rows.width ? 0 : Float.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void impossibleTargetsAndTasksAreRefused(LossSpec spec) {
        Task task = task(spec);
        NodeSpec layer = NodeSpec.of("out", new Linear(task == Task.MULTICLASS ? 3 : 1));
        ModelSpec model = ModelSpec.of(
                        List.of(new NumbersInput("x", 2, false)), List.of(layer), task, OptimizerSpec.adam(0.1f))
                .withLoss(spec);
        Learner learner = Learner.create(model);
        float impossible = spec instanceof Poisson ? -1 : task == Task.REGRESSION ? Float.NaN : 3;
        assertThatThrownBy(() -> learner.learn(new float[2], 0, new int[0], 0, impossible, 1))
                .hasMessage("target: wanted " + spec.targets().text(3) + ", came " + impossible);
        for (Task other : Task.values()) {
            if (other != task) {
                ModelSpec unlike = ModelSpec.of(model.inputs(), model.layers(), other, model.optimizer());
                assertThatThrownBy(() -> unlike.withLoss(spec))
                        .hasMessage("loss must take the targets of a "
                                + other.name().toLowerCase(java.util.Locale.ROOT) + " model, was " + spec.kind());
            }
        }
    }

    @Test
    void focalOfGammaZeroIsCrossEntropyAndPositiveWeightIsARowsWeight() {
        Rows rows = new Rows(new BinaryCrossEntropy(), 5);
        float[] one = new float[ROWS];
        float[] two = new float[ROWS];
        new BinaryCrossEntropy().make(ROWS, 1).evaluate(rows.outputs, rows.targets, rows.weights, ROWS, one);
        new Focal(0, Optional.empty()).make(ROWS, 1).evaluate(rows.outputs, rows.targets, rows.weights, ROWS, two);
        for (int i = 0; i < ROWS; i++) {
            assertThat((double) two[i]).isCloseTo(one[i], within(1e-8));
        }
        new BinaryCrossEntropy(Optional.of(2f))
                .make(ROWS, 1)
                .evaluate(rows.outputs, rows.targets, rows.weights, ROWS, two);
        for (int i = 0; i < ROWS; i++) {
            assertThat(two[i]).isEqualTo(rows.targets[i] == 1 ? 2 * one[i] : one[i]);
        }
    }

    @Test
    void classWeightsAreOnePerClass() {
        CrossEntropy two = new CrossEntropy(Optional.empty(), Optional.of(List.of(1f, 2f)));
        ModelSpec model = ModelSpec.of(
                        List.of(new NumbersInput("x", 2, false)),
                        List.of(NodeSpec.of("out", new Linear(3))),
                        Task.MULTICLASS,
                        OptimizerSpec.adam(0.1f))
                .withLoss(two);
        assertThatThrownBy(() -> Learner.create(model))
                .hasMessage("loss must have one of class-weights for each of 3 classes, has 2");
    }

    @Test
    void aRateIsFiniteWhateverTheOutput() {
        float[] out = new float[2];
        Link.EXP.apply(new float[] {1e9f, 0}, out, 0, 2, 1);
        assertThat(out).containsExactly(Float.MAX_VALUE, 1);
    }

    private static Task task(LossSpec spec) {
        return Stream.of(Task.values())
                .filter(task -> task.fits(spec))
                .findFirst()
                .orElseThrow();
    }

    /** Outputs away from every kink, and targets that the loss takes. */
    private static final class Rows {
        final int width;
        final float[] outputs;
        final float[] targets = new float[ROWS];
        final float[] weights = new float[ROWS];

        Rows(LossSpec spec, long seed) {
            Random random = new Random(seed);
            Task task = task(spec);
            this.width = task == Task.MULTICLASS ? 3 : 1;
            this.outputs = new float[ROWS * width];
            for (int i = 0; i < ROWS; i++) {
                targets[i] = random.nextInt(width == 3 ? 3 : task == Task.BINARY ? 2 : 6);
                weights[i] = 0.5f + random.nextFloat();
            }
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = random.nextInt(9) - 4 + 0.35f;
            }
        }
    }
}
