package io.gradstream.model;

import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.TransformerDecoder;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.parameters.Parameter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Transformer blocks against PyTorch and against finite differences. */
class TransformerGoldenTest {
    private static final double BOUND = 1e-5;
    private static final double OF_DIFFERENCES = 5e-3;

    @ParameterizedTest
    @CsvSource({"transformer_encoder_prenorm, PRE", "transformer_encoder_postnorm, POST"})
    void encoder(String name, NormPlace norm) {
        Golden golden = Golden.of(name);
        TransformerEncoder layer = new TransformerEncoder(1, 4, 48, HiddenActivation.RELU, norm, 0, false);
        LayerBench bench = new LayerBench(2, List.of(LayerBench.trained("x", 7, 16)), NodeSpec.of("layer", layer));
        bench.input(0, golden.floats("in.x"));
        golden.run(bench, "layer.layers.0.", BOUND);
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        golden.report();
    }

    @Test
    void decoder() {
        Golden golden = Golden.of("transformer_decoder_postnorm");
        TransformerDecoder layer = new TransformerDecoder(1, 4, 32, HiddenActivation.GELU, NormPlace.POST, 0, true);
        LayerBench bench = new LayerBench(
                2,
                List.of(LayerBench.trained("x", 7, 16), LayerBench.trained("memory", 9, 16)),
                NodeSpec.of("layer", layer, "x", "memory"));
        bench.input(0, golden.floats("in.x"));
        bench.input(1, golden.floats("in.memory"));
        golden.run(bench, "layer.layers.0.", BOUND);
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        golden.check("memory", bench.inputGradient(1), golden.floats("grad.in.memory"), BOUND);
        golden.report();
    }

    @ParameterizedTest
    @EnumSource(NormPlace.class)
    void aDecoderOfTwoBlocksWithDropoutAndRowsOfAllLengths(NormPlace norm) {
        TransformerDecoder layer = new TransformerDecoder(2, 2, 7, HiddenActivation.GELU, norm, 0.2f, true);
        LayerBench bench = new LayerBench(
                4,
                List.of(LayerBench.steps("x", 3, 6), LayerBench.steps("memory", 5, 6)),
                NodeSpec.of("layer", layer, "x", "memory"));
        System.arraycopy(new int[] {3, 1, 0, 2}, 0, bench.input(0).lengths(), 0, 4);
        System.arraycopy(new int[] {5, 0, 3, 1}, 0, bench.input(1).lengths(), 0, 4);
        checkByDifferences(bench);
    }

    @Test
    void targetAndMemoryMayBeOne() {
        TransformerDecoder layer = new TransformerDecoder(1, 3, 5, HiddenActivation.GELU, NormPlace.PRE, 0, true);
        LayerBench bench =
                new LayerBench(2, List.of(LayerBench.trained("x", 4, 6)), NodeSpec.of("layer", layer, "x", "x"));
        checkByDifferences(bench);
    }

    private static void checkByDifferences(LayerBench bench) {
        Random random = new Random(6);
        for (int i = 0; i < bench.inputs(); i++) {
            for (int j = 0; j < bench.given(i).length; j++) {
                bench.given(i)[j] = (float) random.nextGaussian();
            }
        }
        for (Parameter parameter : bench.parameters()) {
            for (int i = 0; i < parameter.size(); i++) {
                bench.weights().dense()[parameter.at() + i] += (float) random.nextGaussian() * 0.3f;
            }
        }
        Differences.check(bench, random, OF_DIFFERENCES);
    }
}
