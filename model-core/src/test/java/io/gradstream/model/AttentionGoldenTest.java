package io.gradstream.model;

import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Positions;
import io.gradstream.model.layers.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What attention and the layers around it give, against PyTorch. */
class AttentionGoldenTest {
    private static final double BOUND = 1e-5;

    @Test
    void layerNorm() {
        Golden golden = Golden.of("layernorm");
        LayerBench bench =
                new LayerBench(3, List.of(LayerBench.trained("x", 5, 16)), NodeSpec.of("layer", new LayerNorm()));
        bench.input(0, golden.floats("in.x"));
        golden.run(bench, "layer.", BOUND);
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        golden.report();
    }

    @ParameterizedTest
    @CsvSource({"mha_self_none, false", "mha_self_causal, true"})
    void selfAttention(String name, boolean causal) {
        Golden golden = Golden.of(name);
        LayerBench bench = new LayerBench(
                3, List.of(LayerBench.trained("x", 7, 16)), NodeSpec.of("layer", new Attention(4, causal)));
        bench.input(0, golden.floats("in.x"));
        golden.run(bench, "layer.", BOUND);
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        golden.report();
    }

    /** PyTorch's queries of padded steps have outputs and gradients, so they are a sequence of their own here, without lengths. */
    @Test
    void selfAttentionToPaddedKeys() {
        Golden golden = Golden.of("mha_self_padding");
        LayerBench bench = new LayerBench(
                3,
                List.of(LayerBench.trained("x", 7, 16), LayerBench.steps("memory", 7, 16)),
                NodeSpec.of("layer", new Attention(4), "x", "memory"));
        bench.input(0, golden.floats("in.x"));
        bench.input(1, golden.floats("in.x"));
        setLengths(bench.input(1), golden, "in.pad", 1);
        golden.run(bench, "layer.", BOUND);
        float[] both = bench.inputGradient(0);
        for (int i = 0; i < both.length; i++) {
            both[i] += bench.inputGradient(1)[i];
        }
        golden.check("in", both, golden.floats("grad.in.x"), BOUND);
        golden.report();
    }

    @Test
    void crossAttention() {
        Golden golden = Golden.of("mha_cross");
        LayerBench bench = new LayerBench(
                3,
                List.of(LayerBench.trained("q", 7, 16), LayerBench.trained("kv", 11, 16)),
                NodeSpec.of("layer", new Attention(4), "q", "kv"));
        bench.input(0, golden.floats("in.q"));
        bench.input(1, golden.floats("in.kv"));
        golden.run(bench, "layer.", BOUND);
        golden.check("q", bench.inputGradient(0), golden.floats("grad.in.q"), BOUND);
        golden.check("kv", bench.inputGradient(1), golden.floats("grad.in.kv"), BOUND);
        golden.report();
    }

    @Test
    void attentionPooling() {
        Golden golden = Golden.of("attention_pooling");
        LayerBench bench = new LayerBench(
                4,
                List.of(LayerBench.steps("seq", 6, 8), LayerBench.trained("q", 8)),
                NodeSpec.of("layer", new Pool(Pool.How.ATTENTION), "seq", "q"));
        bench.input(0, golden.floats("in.seq"));
        bench.input(1, golden.floats("in.q"));
        setLengths(bench.input(0), golden, "in.mask", 0);
        golden.run(bench, "layer.", BOUND);
        golden.check("seq", bench.inputGradient(0), golden.floats("grad.in.seq"), BOUND);
        golden.check("q", bench.inputGradient(1), golden.floats("grad.in.q"), BOUND);
        golden.report();
    }

    @Test
    void aLearnedQueryPoolsAsOneThatIsGiven() {
        Golden golden = Golden.of("attention_pooling");
        LayerBench bench = new LayerBench(
                4, List.of(LayerBench.steps("seq", 6, 8)), NodeSpec.of("layer", new Pool(Pool.How.ATTENTION)));
        bench.input(0, golden.floats("in.seq"));
        setLengths(bench.input(0), golden, "in.mask", 0);
        for (int row = 0; row < 4; row++) {
            bench.set("layer.query", Arrays.copyOfRange(golden.floats("in.q"), row * 8, row * 8 + 8));
            float[] out = Arrays.copyOfRange(bench.forward(true), row * 8, row * 8 + 8);
            golden.check("out", out, Arrays.copyOfRange(golden.floats("out.y"), row * 8, row * 8 + 8), BOUND);
        }
    }

    @Test
    void sinusoidalPositions() {
        Golden golden = Golden.of("positional_encoding_sinusoidal");
        LayerBench bench =
                new LayerBench(2, List.of(LayerBench.trained("x", 50, 16)), NodeSpec.of("layer", new Positions()));
        float[] out = bench.forward(true);
        golden.check("first row", Arrays.copyOf(out, 800), golden.floats("out.y"), BOUND);
        golden.check("second row", Arrays.copyOfRange(out, 800, 1600), golden.floats("out.y"), BOUND);
        golden.report();
    }

    /** A row's steps, up to the first at which the mask says {@code padding}. */
    private static void setLengths(Value input, Golden golden, String mask, int padding) {
        float[] values = golden.numbers(mask);
        int steps = golden.shape(mask)[1];
        for (int row = 0; row < values.length / steps; row++) {
            int length = 0;
            while (length < steps && values[row * steps + length] != padding) {
                length++;
            }
            input.lengths()[row] = length;
        }
    }
}
