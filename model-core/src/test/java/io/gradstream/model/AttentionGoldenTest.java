package io.gradstream.model;

import io.gradstream.model.layers.LayerNorm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What attention and the layers around it give, against PyTorch. */
class AttentionGoldenTest {
    private static final double BOUND = 1e-5;

    @Test
    void layerNorm() {
        Golden golden = Golden.of("layernorm");
        LayerBench bench =
                new LayerBench(3, List.of(LayerBench.trained("x", 5, 16)), NodeSpec.of("layer", new LayerNorm()));
        bench.input(0, golden.floats("in.x"));
        bench.set("layer.weight", golden.floats("param.weight"));
        bench.set("layer.bias", golden.floats("param.bias"));
        golden.check("out", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(golden.floats("up.y"));
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        golden.check("weight", bench.gradient("layer.weight"), golden.floats("grad.param.weight"), BOUND);
        golden.check("bias", bench.gradient("layer.bias"), golden.floats("grad.param.bias"), BOUND);
        golden.report();
    }
}
