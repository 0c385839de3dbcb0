package io.gradstream.model;

import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Gru;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.RecurrentOutputs;
import io.gradstream.model.layers.Rnn;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.parameters.Parameter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers against PyTorch: all outputs, the last states, and every gradient. */
class RecurrentGoldenTest {
    private static final double BOUND = 1e-5;
    private static final int BATCH = 3;
    private static final int STEPS = 6;
    private static final int WIDTH = 5;
    private static final int UNITS = 7;

    @ParameterizedTest
    @CsvSource({
        "rnn_1layer, 1, 6 6 6",
        "rnn_2layer, 2, 6 6 6",
        "lstm_1layer, 1, 6 6 6",
        "lstm_2layer, 2, 6 6 6",
        "gru_1layer, 1, 6 6 6",
        "gru_2layer, 2, 6 6 6",
        "lstm_variable_length, 1, 6 2 4",
        "gru_variable_length, 1, 6 2 4"
    })
    void allStates(String name, int layers, String lengths) {
        Golden golden = Golden.of(name);
        LayerBench bench = bench(golden, spec(name, layers, false, RecurrentOutputs.ALL), lengths);
        golden.check("y", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(ofTopStates(golden, lengths));
        if (hasNoOtherUpstream(golden, layers)) {
            checkGradients(golden, bench);
        }
        golden.report();
    }

    @ParameterizedTest
    @CsvSource({"lstm_variable_length, 6 2 4", "gru_variable_length, 6 2 4", "lstm_1layer, 6 6 6", "rnn_1layer, 6 6 6"})
    void lastStates(String name, String lengths) {
        Golden golden = Golden.of(name);
        LayerBench bench = bench(golden, spec(name, 1, false, RecurrentOutputs.LAST), lengths);
        golden.check("h", bench.forward(true), golden.floats("out.h"), BOUND);
        golden.report();
    }

    @ParameterizedTest
    @CsvSource({"lstm_bidirectional"})
    void bothDirections(String name) {
        Golden golden = Golden.of(name);
        LayerBench bench = bench(golden, spec(name, 1, true, RecurrentOutputs.ALL), "6 6 6");
        golden.check("y", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(golden.floats("up.y"));
        checkGradients(golden, bench);
        golden.report();
    }

    /** Two layers as two nodes, so that the last state of the lower one can be given the gradient that the case asks for. */
    @ParameterizedTest
    @ValueSource(strings = {"rnn_2layer", "gru_2layer"})
    void gradientsOfTwoLayers(String name) {
        Golden golden = Golden.of(name);
        LayerSpec layer = spec(name, 1, false, RecurrentOutputs.ALL);
        LayerBench bench = new LayerBench(
                BATCH,
                List.of(LayerBench.trained("x", STEPS, WIDTH)),
                NodeSpec.of("0", layer),
                NodeSpec.of("1", layer),
                NodeSpec.of("both", new Concat(), "0", "1"));
        bench.input(0, golden.floats("in.x"));
        for (Parameter parameter : bench.parameters()) {
            bench.set(parameter.name(), golden(golden, "param.", parameter));
        }
        bench.forward(true);
        float[] up = new float[BATCH * STEPS * 2 * UNITS];
        float[] h = golden.floats("up.h");
        for (int row = 0; row < BATCH; row++) {
            for (int i = 0; i < UNITS; i++) {
                for (int step = 0; step < STEPS; step++) {
                    int from = (row * STEPS + step) * UNITS + i;
                    up[(row * STEPS + step) * 2 * UNITS + UNITS + i] = golden.floats("up.y")[from];
                }
                int last = (row * STEPS + STEPS - 1) * 2 * UNITS + i;
                up[last] += h[row * UNITS + i];
                up[last + UNITS] += h[(BATCH + row) * UNITS + i];
            }
        }
        bench.backward(up);
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        for (Parameter parameter : bench.parameters()) {
            float[] wanted = golden(golden, "grad.param.", parameter);
            golden.check(parameter.name(), bench.gradient(parameter.name()), wanted, BOUND);
        }
        golden.report();
    }

    /** The tensor of the layer that a node's name says. */
    private static float[] golden(Golden golden, String prefix, Parameter parameter) {
        String tensor = prefix
                + parameter
                        .name()
                        .substring(2)
                        .replace("_l0", "_l" + parameter.name().charAt(0));
        return golden.shape(tensor).length == 2 ? golden.transposed(tensor) : golden.floats(tensor);
    }

    private static LayerSpec spec(String name, int layers, boolean bidirectional, RecurrentOutputs outputs) {
        return switch (name.substring(0, name.indexOf('_'))) {
            case "rnn" -> new Rnn(UNITS, layers, bidirectional, outputs);
            case "lstm" -> new Lstm(UNITS, layers, bidirectional, outputs);
            default -> new Gru(UNITS, layers, bidirectional, outputs);
        };
    }

    private static LayerBench bench(Golden golden, LayerSpec layer, String lengths) {
        Signal x = LayerBench.steps("x", STEPS, WIDTH);
        LayerBench bench = new LayerBench(BATCH, List.of(x), NodeSpec.of("layer", layer));
        bench.input(0, golden.floats("in.x"));
        System.arraycopy(lengths(lengths), 0, bench.input(0).lengths(), 0, BATCH);
        for (Parameter parameter : bench.parameters()) {
            bench.set(parameter.name(), ours(golden, "param.", parameter));
        }
        return bench;
    }

    private static int[] lengths(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    private static float[] ours(Golden golden, String prefix, Parameter parameter) {
        String tensor = prefix + parameter.name().substring("layer.".length());
        return golden.shape(tensor).length == 2 ? golden.transposed(tensor) : golden.floats(tensor);
    }

    /** The case's upstream gradient of all outputs, with that of the last states of the top layer added where those are. */
    private static float[] ofTopStates(Golden golden, String lengths) {
        float[] up = golden.floats("up.y").clone();
        float[] last = golden.floats("up.h");
        int from = last.length - BATCH * UNITS;
        for (int row = 0; row < BATCH; row++) {
            int at = (row * STEPS + lengths(lengths)[row] - 1) * UNITS;
            for (int i = 0; i < UNITS; i++) {
                up[at + i] += last[from + row * UNITS + i];
            }
        }
        return up;
    }

    /** Whether the case asks for no gradient of what is no output here: cells, and the last states of lower layers. */
    private static boolean hasNoOtherUpstream(Golden golden, int layers) {
        return layers == 1 && !golden.has("up.c");
    }

    private static void checkGradients(Golden golden, LayerBench bench) {
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        for (Parameter parameter : bench.parameters()) {
            float[] wanted = ours(golden, "grad.param.", parameter);
            golden.check(parameter.name(), bench.gradient(parameter.name()), wanted, BOUND);
        }
    }
}
