package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are standardised, of numbers as large as floats can be. */
class ExtremeColumnsTest {
    /** Numbers at the ends of what a float can be, where differences of two, and squares, are no floats. */
    @ParameterizedTest
    @CsvSource({"10, false", "0, false", "10, true", "0, true"})
    void columnsAsLargeAsFloatsCanBeAreStandardised(float clip, boolean missing) {
        Learner learner = Learner.create(standardised(clip, missing));
        Random random = new Random(4);
        for (int i = 0; i < 4000; i++) {
            // The mean of the second is near the largest float, that of the third near the smallest.
            float[] row = {2e38f * sign(random), 3e38f + 1e36f * sign(random), -3e38f + 4e37f * random.nextFloat()};
            learner.learn(row, 0, null, 0, row[0] > 0 ? 1 : 0, 1);
        }
        learner.learn(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE}, 0, null, 0, 1, 1);
        assertThat(learner.skippedSteps()).isZero();
        for (double each : learner.state().weights().statistics()) {
            assertThat(each).isFinite();
        }
        for (float each : learner.state().weights().dense()) {
            assertThat(each).isFinite();
        }
        Batch batch = new Batch(learner.layout(), 4);
        batch.add(new float[] {2e38f, 3e38f, -2.8e38f}, 0, null, 0);
        batch.add(new float[] {-2e38f, 3e38f, -2.8e38f}, 0, null, 0);
        batch.add(new float[] {0, -Float.MAX_VALUE, Float.MAX_VALUE}, 0, null, 0);
        batch.add(new float[] {0, missing ? Float.NaN : 0, 0}, 0, null, 0);
        float[] scores = new float[4];
        learner.score(batch, scores);
        assertThat(scores[0]).isGreaterThan(0.9f);
        assertThat(scores[1]).isLessThan(0.1f);
        assertThat(scores[2]).isBetween(0f, 1f);
        assertThat(scores[3]).isBetween(0f, 1f);
    }

    private static int sign(Random random) {
        return random.nextBoolean() ? 1 : -1;
    }

    private static ModelSpec standardised(float clip, boolean missing) {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("scaled", new Standardise(clip, Missing.ZERO, missing)),
                NodeSpec.of("out", new Linear(1, true, Init.ZEROS)));
        return ModelSpec.of(
                        List.of(new NumbersInput("x", 3, missing)),
                        layers,
                        Task.BINARY,
                        new OptimizerSpec.Adagrad(0.1f, 1e-10f))
                .withBatchSize(8);
    }

    /** Also where a number minus the mean is no float. */
    @ParameterizedTest
    @ValueSource(floats = {0, 10})
    void largeNumbersAreStandardisedAsInDoublePrecision(float clip) {
        LayerBench bench = new LayerBench(
                6,
                List.of(LayerBench.trained("x", 2)),
                NodeSpec.of("layer", new Standardise(clip, Missing.ZERO, false)));
        float[] x = {3.4e38f, 1, 3.3e38f, 2, 3.2e38f, 3, -3.4e38f, 4, 3.3e38f, 5, 3.4e38f, 6};
        bench.input(0, x);
        float[] out = bench.forward(true);
        double mean = 0;
        for (int row = 0; row < 6; row++) {
            mean += (double) x[2 * row] / 6;
        }
        double variance = 0;
        for (int row = 0; row < 6; row++) {
            variance += (x[2 * row] - mean) * (x[2 * row] - mean) / 6;
        }
        for (int row = 0; row < 6; row++) {
            assertThat(out[2 * row]).isCloseTo((float) ((x[2 * row] - mean) / Math.sqrt(variance)), offset(1e-6f));
        }
    }

    /** Not infinity, which times a weight of 0 is no number. */
    @Test
    void whatIsStandardisedToNoFloatIsTheLargest() {
        Learner learner = Learner.create(standardised(0, false));
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            learner.learn(new float[] {random.nextFloat(), 0.01f * i, i}, 0, null, 0, 1, 0);
        }
        Batch batch = new Batch(learner.layout(), 1);
        batch.add(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, 0}, 0, null, 0);
        float[] score = new float[1];
        learner.score(batch, score);
        assertThat(score[0]).isEqualTo(0.5f);
    }
}
