package io.gradstream.model;

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

/** Recurrent layers against PyTorch: all outputs, the last states, and every gradient; {@link RecurrentStatesGoldenTest} has the cells. */
class RecurrentGoldenTest {
    static final double BOUND = 1e-5;
    static final int BATCH = 3;
    static final int STEPS = 6;
    static final int WIDTH = 5;
    static final int UNITS = 7;

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
    @CsvSource({
        "lstm_variable_length, 6 2 4",
        "gru_variable_length, 6 2 4",
        "lstm_1layer, 6 6 6",
        "rnn_1layer, 6 6 6",
        "gru_1layer, 6 6 6"
    })
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

    static LayerSpec spec(String name, int layers, boolean bidirectional, RecurrentOutputs outputs) {
        return switch (name.substring(0, name.indexOf('_'))) {
            case "rnn" -> new Rnn(UNITS, layers, bidirectional, outputs);
            case "lstm" -> new Lstm(UNITS, layers, bidirectional, outputs);
            default -> new Gru(UNITS, layers, bidirectional, outputs);
        };
    }

    static LayerBench bench(Golden golden, LayerSpec layer, String lengths) {
        Signal x = LayerBench.steps("x", STEPS, WIDTH);
        LayerBench bench = new LayerBench(BATCH, List.of(x), NodeSpec.of("layer", layer));
        bench.input(0, golden.floats("in.x"));
        System.arraycopy(lengths(lengths), 0, bench.input(0).lengths(), 0, BATCH);
        for (Parameter parameter : bench.parameters()) {
            bench.set(parameter.name(), ours(golden, "param.", parameter));
        }
        return bench;
    }

    static int[] lengths(String text) {
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
