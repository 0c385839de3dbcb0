package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.Focal;
import io.gradstream.model.losses.Hinge;
import io.gradstream.model.losses.Huber;
import io.gradstream.model.losses.Loss;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.MeanAbsoluteError;
import io.gradstream.model.losses.MeanSquaredError;
import io.gradstream.model.losses.Poisson;
import io.gradstream.model.losses.Quantile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossGoldenTest {
    private static final List<Float> CLASS_WEIGHTS = List.of(0.5f, 1f, 2f, 1.5f, 0.25f, 1f, 3f);

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("mse", new MeanSquaredError()),
                Arguments.of("bce_logits", new BinaryCrossEntropy()),
                Arguments.of("bce_example_weights", new BinaryCrossEntropy()),
                Arguments.of("cross_entropy", new CrossEntropy()),
                Arguments.of("cross_entropy_smoothed", new CrossEntropy(Optional.of(0.1f), Optional.empty())),
                Arguments.of(
                        "cross_entropy_class_weights", new CrossEntropy(Optional.empty(), Optional.of(CLASS_WEIGHTS))),
                Arguments.of("mae", new MeanAbsoluteError()),
                Arguments.of("huber", new Huber(1)),
                Arguments.of("quantile_0.9", new Quantile(0.9f)),
                Arguments.of("poisson_log_input", new Poisson()),
                Arguments.of("hinge", new Hinge()),
                Arguments.of("focal_gamma2", new Focal(2, Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void loss(String name, LossSpec spec) {
        Golden golden = Golden.of("loss_" + name);
        float[] predictions = golden.floats("in.prediction");
        float[] targets = golden.numbers("in.target");
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
}
