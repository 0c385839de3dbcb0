package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.Gru;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Positions;
import io.gradstream.model.layers.RecurrentOutputs;
import io.gradstream.model.layers.Rnn;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.parameters.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
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
