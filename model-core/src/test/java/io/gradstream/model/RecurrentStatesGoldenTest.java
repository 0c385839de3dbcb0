package io.gradstream.model;

import static io.gradstream.model.RecurrentGoldenTest.BATCH;
import static io.gradstream.model.RecurrentGoldenTest.BOUND;
import static io.gradstream.model.RecurrentGoldenTest.STEPS;
import static io.gradstream.model.RecurrentGoldenTest.UNITS;
import static io.gradstream.model.RecurrentGoldenTest.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.RecurrentOutputs;
import io.gradstream.model.parameters.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What recurrent layers keep inside, against PyTorch: states of every layer and cells. */
class RecurrentStatesGoldenTest {
    /**
     * The last states of every layer, cells too, and the gradients that the case asks for of them. Each layer is a node of its own, and
     * runs one step more, in which a marker stands beside what it reads. To the marker, an LSTM's gates have such weights that it only
     * shows its cell: i = 0, f = o = 1, h = tanh(c), and gates that are so sure have no gradient.
     */
    @ParameterizedTest
    @CsvSource({"rnn_1layer, 1", "rnn_2layer, 2", "gru_1layer, 1", "gru_2layer, 2", "lstm_1layer, 1", "lstm_2layer, 2"})
    void lastStatesOfEveryLayer(String name, int layers) {
        Golden golden = Golden.of(name);
        LayerBench bench = withOneStepMore(golden, name, layers);
        float[] out = bench.forward(true);
        float[] up = new float[out.length];
        float[] y = golden.floats("up.y");
        for (int layer = 0; layer < layers; layer++) {
            golden.check(
                    "h of " + layer, states(out, layers, layer, STEPS - 1), ofLayer(golden, "out.h", layer), BOUND);
            add(up, layers, layer, STEPS - 1, ofLayer(golden, "up.h", layer));
            if (golden.has("up.c")) {
                float[] shown = states(out, layers, layer, STEPS);
                float[] upC = ofLayer(golden, "up.c", layer);
                float[] c = ofLayer(golden, "out.c", layer);
                float[] tanh = new float[c.length];
                for (int i = 0; i < c.length; i++) {
                    tanh[i] = (float) Math.tanh(c[i]);
                    upC[i] /= 1 - tanh[i] * tanh[i];
                }
                golden.check("c of " + layer, shown, tanh, BOUND);
                add(up, layers, layer, STEPS, upC);
            }
        }
        for (int step = 0; step < STEPS; step++) {
            float[] ofStep = new float[BATCH * UNITS];
            for (int row = 0; row < BATCH; row++) {
                System.arraycopy(y, (row * STEPS + step) * UNITS, ofStep, row * UNITS, UNITS);
            }
            add(up, layers, layers - 1, step, ofStep);
        }
        bench.backward(up);
        golden.check("in", withoutTheLastStep(bench.inputGradient(0)), golden.floats("grad.in.x"), BOUND);
        for (Parameter parameter : bench.parameters()) {
            float[] wanted = golden(golden, "grad.param.", parameter);
            float[] came = Arrays.copyOf(bench.gradient(parameter.name()), wanted.length);
            golden.check(parameter.name(), came, wanted, BOUND);
        }
        golden.report();
    }

    /** x and a marker, which is 1 in the step behind the last; then for each layer what it reads beside the marker, and the layer. */
    private static LayerBench withOneStepMore(Golden golden, String name, int layers) {
        List<NodeSpec> nodes = new ArrayList<>();
        String[] ends = new String[layers];
        for (int layer = 0; layer < layers; layer++) {
            String below = layer == 0 ? "x" : ends[layer - 1];
            ends[layer] = String.valueOf(layer);
            nodes.add(NodeSpec.of("read " + layer, new Concat(), below, "marker"));
            nodes.add(NodeSpec.of(ends[layer], RecurrentGoldenTest.spec(name, 1, false, RecurrentOutputs.ALL)));
        }
        nodes.add(NodeSpec.of("all", new Concat(), ends));
        LayerBench bench = new LayerBench(
                BATCH,
                List.of(LayerBench.trained("x", STEPS + 1, WIDTH), LayerBench.trained("marker", STEPS + 1, 1)),
                nodes.toArray(NodeSpec[]::new));
        for (int row = 0; row < BATCH; row++) {
            int size = STEPS * WIDTH;
            System.arraycopy(golden.floats("in.x"), row * size, bench.given(0), row * (size + WIDTH), size);
            bench.given(1)[row * (STEPS + 1) + STEPS] = 1;
        }
        for (Parameter parameter : bench.parameters()) {
            float[] weights = Arrays.copyOf(golden(golden, "param.", parameter), parameter.size());
            if (name.startsWith("lstm") && parameter.name().contains("weight_ih")) {
                int marker = weights.length - 4 * UNITS;
                Arrays.fill(weights, marker, marker + UNITS, -1000);
                Arrays.fill(weights, marker + UNITS, marker + 2 * UNITS, 1000);
                Arrays.fill(weights, marker + 3 * UNITS, marker + 4 * UNITS, 1000);
            } else if (parameter.name().contains("weight_ih")) {
                Arrays.fill(weights, weights.length - parameter.shape().last(), weights.length, 0);
            }
            bench.set(parameter.name(), weights);
        }
        return bench;
    }

    /** (batch, units) of (batch, steps + 1, layers * units). */
    private static float[] states(float[] all, int layers, int layer, int step) {
        float[] states = new float[BATCH * UNITS];
        for (int row = 0; row < BATCH; row++) {
            int at = ((row * (STEPS + 1) + step) * layers + layer) * UNITS;
            System.arraycopy(all, at, states, row * UNITS, UNITS);
        }
        return states;
    }

    /** The other way round, added. */
    private static void add(float[] all, int layers, int layer, int step, float[] states) {
        for (int i = 0; i < states.length; i++) {
            int row = i / UNITS;
            all[((row * (STEPS + 1) + step) * layers + layer) * UNITS + i % UNITS] += states[i];
        }
    }

    private static float[] ofLayer(Golden golden, String tensor, int layer) {
        int size = BATCH * UNITS;
        return Arrays.copyOfRange(golden.floats(tensor), layer * size, (layer + 1) * size);
    }

    private static float[] withoutTheLastStep(float[] x) {
        float[] out = new float[BATCH * STEPS * WIDTH];
        for (int row = 0; row < BATCH; row++) {
            System.arraycopy(x, row * (STEPS + 1) * WIDTH, out, row * STEPS * WIDTH, STEPS * WIDTH);
        }
        return out;
    }

    /** What a layer of two layers computes is what two layers do, to the bit. */
    @ParameterizedTest
    @ValueSource(strings = {"rnn_2layer", "lstm_2layer", "gru_2layer"})
    void twoLayersAreOneOverTheOther(String name) {
        Golden golden = Golden.of(name);
        LayerBench one = RecurrentGoldenTest.bench(
                golden, RecurrentGoldenTest.spec(name, 2, false, RecurrentOutputs.ALL), "6 6 6");
        LayerSpec layer = RecurrentGoldenTest.spec(name, 1, false, RecurrentOutputs.ALL);
        LayerBench two = new LayerBench(
                BATCH, List.of(LayerBench.steps("x", STEPS, WIDTH)), NodeSpec.of("0", layer), NodeSpec.of("1", layer));
        two.input(0, golden.floats("in.x"));
        System.arraycopy(RecurrentGoldenTest.lengths("6 6 6"), 0, two.input(0).lengths(), 0, BATCH);
        for (Parameter parameter : two.parameters()) {
            two.set(parameter.name(), golden(golden, "param.", parameter));
        }
        assertThat(two.forward(true)).isEqualTo(one.forward(true));
        one.backward(golden.floats("up.y"));
        two.backward(golden.floats("up.y"));
        assertThat(two.inputGradient(0)).isEqualTo(one.inputGradient(0));
        for (Parameter parameter : two.parameters()) {
            String of = "layer." + tensor(parameter);
            assertThat(two.gradient(parameter.name())).as(of).isEqualTo(one.gradient(of));
        }
    }

    /** The tensor of the layer that a node's name says. */
    private static String tensor(Parameter parameter) {
        String[] parts = parameter.name().split("\\.");
        return parts[1].replace("_l0", "_l" + parts[0]);
    }

    private static float[] golden(Golden golden, String prefix, Parameter parameter) {
        String tensor = prefix + tensor(parameter);
        return golden.shape(tensor).length == 2 ? golden.transposed(tensor) : golden.floats(tensor);
    }
}
