package io.gradstream.model;

import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.parameters.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerGoldenTest {
    private static final double BOUND = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"linear_1x5x3", "linear_7x33x17", "linear_32x40x64"})
    void linear(String name) {
        Golden golden = Golden.of(name);
        int[] x = golden.shape("in.x");
        int units = golden.shape("param.bias")[0];
        LayerBench bench =
                new LayerBench(x[0], List.of(LayerBench.trained("x", x[1])), NodeSpec.of("layer", new Linear(units)));
        bench.set("layer.weight", golden.transposed("param.weight"));
        bench.set("layer.bias", golden.floats("param.bias"));
        runOneInput(golden, bench);
        golden.check("weight", bench.gradient("layer.weight"), golden.transposed("grad.param.weight"), BOUND);
        golden.check("bias", bench.gradient("layer.bias"), golden.floats("grad.param.bias"), BOUND);
        golden.report();
    }

    static Stream<Arguments> activations() {
        return Stream.of(
                Arguments.of("relu", new Activation.Relu()),
                Arguments.of("leaky_relu", new Activation.LeakyRelu(0.01f)),
                Arguments.of("sigmoid", new Activation.Sigmoid()),
                Arguments.of("tanh", new Activation.Tanh()),
                Arguments.of("gelu", new Activation.Gelu(false)),
                Arguments.of("gelu_tanh", new Activation.Gelu(true)),
                Arguments.of("silu", new Activation.Silu()),
                Arguments.of("softmax", new Activation.Softmax()),
                Arguments.of("log_softmax", new Activation.LogSoftmax()));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activation(String name, LayerSpec layer) {
        Golden golden = Golden.of("act_" + name);
        int[] x = golden.shape("in.x");
        LayerBench bench = new LayerBench(x[0], List.of(LayerBench.trained("x", x[1])), NodeSpec.of("layer", layer));
        runOneInput(golden, bench);
        golden.report();
    }

    @Test
    void embedding() {
        Golden golden = Golden.of("embedding");
        int[] ids = golden.shape("in.ids");
        int[] weight = golden.shape("param.weight");
        Signal tokens = Signal.ids("ids", Shape.of(ids[1]), List.of(new Signal.Categories("ids", weight[0])), false);
        Embedding layer = new Embedding(weight[1], Embedding.Combine.CONCAT, false, 1, List.of());
        LayerBench bench = new LayerBench(ids[0], List.of(tokens), NodeSpec.of("layer", layer));
        bench.set("layer.weight", golden.floats("param.weight"));
        System.arraycopy(golden.ints("in.ids"), 0, bench.input(0).ids(), 0, ids[0] * ids[1]);
        golden.check("out", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(golden.floats("up.y"));
        golden.check("weight", bench.gradient("layer.weight"), golden.floats("grad.param.weight"), BOUND);
        golden.report();
    }

    /** Forward and backward with input x, output y; the input's gradient. */
    private static void runOneInput(Golden golden, LayerBench bench) {
        bench.input(0, golden.floats("in.x"));
        golden.check("out", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(golden.floats("up.y"));
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
    }
}
