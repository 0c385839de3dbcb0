package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.Gru;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Positions;
import io.gradstream.model.layers.RecurrentOutputs;
import io.gradstream.model.layers.Rnn;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.layers.TransformerDecoder;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.parameters.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every layer over sequences keeps to: gradients, lengths down to 0, padding without influence, rows that do not know each other. */
class SequenceLayerTest {
    private static final double BOUND = 5e-3;
    private static final int STEPS = 5;
    private static final int WIDTH = 6;
    private static final int[] LENGTHS = {5, 0, 1, 3, 4};

    static Stream<LayerSpec> layers() {
        return Stream.of(
                new Rnn(4),
                new Rnn(3, 2, true, RecurrentOutputs.ALL),
                new Lstm(4),
                new Lstm(9, 1, false, RecurrentOutputs.ALL),
                new Lstm(1, 1, true, RecurrentOutputs.LAST),
                new Lstm(3, 2, true, RecurrentOutputs.ALL),
                new Gru(4),
                new Gru(1, 1, true, RecurrentOutputs.ALL),
                new Gru(5, 2, true, RecurrentOutputs.LAST),
                new LayerNorm(),
                new Attention(2),
                new Attention(3, true),
                new Attention(2, false, Optional.of(0.4f)),
                new Attention(3, true, Optional.of(0.3f)),
                new TransformerEncoder(1, 2, 7, HiddenActivation.GELU, NormPlace.PRE, 0, false),
                new TransformerEncoder(2, 3, 4, HiddenActivation.GELU, NormPlace.POST, 0.2f, true),
                new Pool(Pool.How.MEAN),
                new Pool(Pool.How.LAST),
                new Pool(Pool.How.MAX),
                new Pool(Pool.How.ATTENTION),
                new Positions(Positions.Vectors.SINUSOIDAL),
                new Positions(Positions.Vectors.LEARNED));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsOfRowsOfAllLengths(LayerSpec layer) {
        LayerBench bench = bench(layer, LENGTHS.length);
        setLengths(bench, LENGTHS);
        Differences.check(bench, new Random(4), BOUND);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsOfWholeRows(LayerSpec layer) {
        Signal x = LayerBench.trained("x", 3, WIDTH);
        LayerBench bench = new LayerBench(2, List.of(x), NodeSpec.of("layer", layer));
        fill(bench, new Random(8));
        Differences.check(bench, new Random(5), BOUND);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aRowAloneIsItsRowOfABatch(LayerSpec layer) {
        LayerBench all = bench(layer, LENGTHS.length);
        setLengths(all, LENGTHS);
        float[] together = all.forward(false);
        LayerBench one = bench(layer, 1);
        System.arraycopy(
                all.weights().dense(),
                0,
                one.weights().dense(),
                0,
                all.weights().dense().length);
        int size = STEPS * WIDTH;
        for (int row = 0; row < LENGTHS.length; row++) {
            setLengths(one, LENGTHS[row]);
            System.arraycopy(all.given(0), row * size, one.given(0), 0, size);
            float[] part = Arrays.copyOfRange(together, row * one.outputSize(), (row + 1) * one.outputSize());
            assertThat(one.forward(false)).as("row %d", row).isEqualTo(part);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void paddingHasNoInfluence(LayerSpec layer) {
        LayerBench bench = bench(layer, LENGTHS.length);
        setLengths(bench, LENGTHS);
        float[] before = validPart(bench, bench.forward(true));
        float[] up = upstream(bench);
        bench.backward(up);
        float[] inputs = withoutSignsOfZero(bench.inputGradient(0));
        List<float[]> gradients = gradients(bench);
        Random random = new Random(12);
        for (int row = 0; row < LENGTHS.length; row++) {
            for (int i = LENGTHS[row] * WIDTH; i < STEPS * WIDTH; i++) {
                bench.given(0)[row * STEPS * WIDTH + i] = (float) random.nextGaussian() * 1e6f;
            }
        }
        float[] out = bench.forward(true);
        for (float value : out) {
            assertThat(value).isFinite();
        }
        assertThat(validPart(bench, out)).isEqualTo(before);
        bench.backward(up);
        assertThat(gradients(bench)).usingRecursiveComparison().isEqualTo(gradients);
        assertThat(withoutSignsOfZero(bench.inputGradient(0))).isEqualTo(inputs);
    }

    private static float[] withoutSignsOfZero(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f;
        }
        return values;
    }

    static Stream<Arguments> unfit() {
        Signal x = LayerBench.steps("x", STEPS, WIDTH);
        Signal flat = LayerBench.trained("flat", WIDTH);
        Signal wide = LayerBench.steps("wide", STEPS, WIDTH + 1);
        return Stream.of(
                Arguments.of(
                        new Attention(4),
                        List.of(x),
                        "(attention): wanted heads that divide the width, came 4 heads and a width of 6"),
                Arguments.of(
                        new TransformerEncoder(1, 5, 8),
                        List.of(x),
                        "(transformer-encoder): wanted heads that divide the width, came 5 heads and a width of 6"),
                Arguments.of(
                        new TransformerDecoder(1, 2, 8),
                        List.of(x),
                        "(transformer-decoder): wanted 2 inputs, came one input"),
                Arguments.of(
                        new Attention(2),
                        List.of(x, wide),
                        "(attention): wanted sequences of vectors of one width, came (5, 6) and (5, 7)"),
                Arguments.of(
                        new Attention(2, true),
                        List.of(x, x),
                        "(attention): wanted one input, since it is causal, came 2 inputs"),
                Arguments.of(
                        new Lstm(3), List.of(flat), "(lstm): wanted a sequence of vectors, (steps, width), came (6)"),
                Arguments.of(
                        new Pool(), List.of(flat), "(pool): wanted a sequence of vectors, (steps, width), came (6)"),
                Arguments.of(
                        new Pool(Pool.How.ATTENTION),
                        List.of(wide, flat),
                        "(pool): wanted a query as wide as a step, (7), came (6)"),
                Arguments.of(new Pool(), List.of(x, flat), "(pool): wanted one input, came 2 inputs"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void whatDoesNotFitIsRefused(LayerSpec layer, List<Signal> inputs, String message) {
        List<Signal> different = inputs.stream().distinct().toList();
        String[] names = inputs.stream().map(Signal::name).toArray(String[]::new);
        assertThatThrownBy(() -> new LayerBench(1, different, NodeSpec.of("layer", layer, names)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("layers[0] 'layer' " + message);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new Gru(0)).hasMessage("units must be at least 1, was 0");
        assertThatThrownBy(() -> new Lstm(1, 0, false, RecurrentOutputs.LAST))
                .hasMessage("layers must be 1 to 1000, was 0");
        assertThatThrownBy(() -> new TransformerEncoder(1, 2, 0)).hasMessage("feed-forward must be at least 1, was 0");
        assertThatThrownBy(() -> new TransformerDecoder(1, 2, 3, HiddenActivation.RELU, NormPlace.PRE, 1, true))
                .hasMessage("dropout must be at least 0 and below 1, was 1.0");
    }

    private static float[] validPart(LayerBench bench, float[] out) {
        float[] valid = out.clone();
        clearPadding(bench, valid);
        return valid;
    }

    private static float[] upstream(LayerBench bench) {
        Random random = new Random(9);
        float[] up = new float[LENGTHS.length * bench.outputSize()];
        for (int i = 0; i < up.length; i++) {
            up[i] = (float) random.nextGaussian();
        }
        clearPadding(bench, up);
        return up;
    }

    /** Clears what is behind a row's length, if the output has steps. */
    private static void clearPadding(LayerBench bench, float[] values) {
        int size = bench.outputSize();
        for (int row = 0; bench.outputHasSteps() && row < LENGTHS.length; row++) {
            Arrays.fill(values, row * size + LENGTHS[row] * (size / STEPS), (row + 1) * size, 0);
        }
    }

    private static List<float[]> gradients(LayerBench bench) {
        return bench.parameters().stream()
                .map(parameter -> bench.gradient(parameter.name()))
                .toList();
    }

    private static LayerBench bench(LayerSpec layer, int batch) {
        Signal x = LayerBench.steps("x", STEPS, WIDTH);
        LayerBench bench = new LayerBench(batch, List.of(x), NodeSpec.of("layer", layer));
        fill(bench, new Random(7));
        return bench;
    }

    private static void setLengths(LayerBench bench, int... lengths) {
        System.arraycopy(lengths, 0, bench.input(0).lengths(), 0, lengths.length);
    }

    private static void fill(LayerBench bench, Random random) {
        for (int i = 0; i < bench.given(0).length; i++) {
            bench.given(0)[i] = (float) random.nextGaussian();
        }
        for (Parameter parameter : bench.parameters()) {
            for (int i = 0; i < parameter.size(); i++) {
                bench.weights().dense()[parameter.at() + i] = (float) random.nextGaussian() * 0.5f;
            }
        }
    }
}
