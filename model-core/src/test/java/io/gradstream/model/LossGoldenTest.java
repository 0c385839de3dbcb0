package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.Loss;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.MeanSquaredError;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossGoldenTest {
    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("mse", new MeanSquaredError()),
                Arguments.of("bce_logits", new BinaryCrossEntropy()),
                Arguments.of("bce_example_weights", new BinaryCrossEntropy()),
                Arguments.of("cross_entropy", new CrossEntropy()));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void loss(String name, LossSpec spec) {
        Golden golden = Golden.of("loss_" + name);
        float[] predictions = golden.floats("in.prediction");
        float[] targets = targets(golden);
        // A case with several columns is that many rows of one: its mean is over all elements.
        int rows = targets.length;
        int width = predictions.length / rows;
        float[] weights = new float[rows];
        Arrays.fill(weights, 1);
        if (golden.has("in.weight")) {
            weights = golden.floats("in.weight");
        }
        Loss loss = spec.make(rows + 3, width);
        float[] before = predictions.clone();
        float[] gradient = new float[predictions.length];
        float value = loss.evaluate(predictions, targets, weights, rows, gradient);
        golden.check("loss", new float[] {value}, golden.floats("out.loss"), 1e-6);
        golden.check("gradient", gradient, golden.floats("grad.in.prediction"), 1e-6);
        assertThat(predictions).isEqualTo(before);
        golden.report();
    }

    private static float[] targets(Golden golden) {
        if (golden.isInts("in.target")) {
            int[] ids = golden.ints("in.target");
            float[] targets = new float[ids.length];
            for (int i = 0; i < ids.length; i++) {
                targets[i] = ids[i];
            }
            return targets;
        }
        return golden.floats("in.target");
    }
}
