package io.gradstream.model;

import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.Optimizer;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerGoldenTest {
    static Stream<Arguments> optimizers() {
        return Stream.of(
                Arguments.of("sgd", new OptimizerSpec.Sgd(0.1f, 0, false), 0f),
                Arguments.of("sgd_momentum", new OptimizerSpec.Sgd(0.05f, 0.9f, false), 0f),
                Arguments.of("sgd_nesterov_decay", new OptimizerSpec.Sgd(0.05f, 0.9f, true), 0.01f),
                Arguments.of("adagrad", new OptimizerSpec.Adagrad(0.1f, 1e-10f), 0f),
                Arguments.of("rmsprop", new OptimizerSpec.RmsProp(0.01f, 0.99f, 1e-8f), 0f),
                Arguments.of("adam", new OptimizerSpec.Adam(0.01f, 0.9f, 0.999f, 1e-8f), 0f),
                Arguments.of("adamw", new OptimizerSpec.AdamW(0.01f, 0.9f, 0.999f, 1e-8f, 0.1f), 0f),
                Arguments.of("ftrl_proximal", new OptimizerSpec.Ftrl(0.1f, 1, 0.5f, 0.1f), 0f));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void optimizer(String name, OptimizerSpec spec, float l2) {
        Golden golden = Golden.of("opt_" + name);
        float[] grads = golden.floats("in.grads");
        float[] path = golden.floats("out.path");
        int n = golden.shape("in.grads")[1];
        Weights weights = weights(n);
        if (golden.has("in.start")) {
            System.arraycopy(golden.floats("in.start"), 0, weights.dense(), 0, n);
        }
        Optimizer optimizer =
                new Optimizer(spec, new ScheduleSpec.Constant(), Clipping.NONE, new Regularisation(0, l2), weights);
        float[] gradient = new float[weights.dense().length];
        for (int step = 0; step < 25; step++) {
            System.arraycopy(grads, step * n, gradient, 0, n);
            optimizer.step(step, gradient, List.of());
            float[] came = Arrays.copyOf(weights.dense(), n);
            golden.check("step " + step, came, Arrays.copyOfRange(path, step * n, (step + 1) * n), 1e-5);
        }
        golden.report();
    }

    @Test
    void clippingByNorm() {
        Golden golden = Golden.of("clip_grad_norm");
        float[] gradient = golden.floats("in.grad");
        Weights weights = weights(gradient.length);
        Optimizer optimizer = new Optimizer(
                new OptimizerSpec.Sgd(1, 0, false),
                new ScheduleSpec.Constant(),
                new Clipping(0, 1),
                Regularisation.NONE,
                weights);
        float[] padded = Arrays.copyOf(gradient, weights.dense().length);
        optimizer.step(0, padded, List.of());
        golden.check("gradient", Arrays.copyOf(padded, gradient.length), golden.floats("out.grad"), 1e-6);
        golden.report();
    }

    private static Weights weights(int n) {
        ParameterLayout layout = new ParameterLayout();
        layout.parameter("w", Shape.of(n), Filling.ZEROS);
        return Weights.create(layout, 1, 0);
    }
}
