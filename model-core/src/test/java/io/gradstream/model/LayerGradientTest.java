package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Bias;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Fill;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.SparseGradient;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layer's gradient against finite differences, alone, behind a layer that it may overwrite, and in branches. */
class LayerGradientTest {
    private static final double BOUND = 5e-3;

    static Stream<LayerSpec> ofOneVector() {
        return Stream.of(
                new Linear(3),
                new Linear(1, false, Init.KAIMING_NORMAL),
                new Activation.LeakyRelu(0.2f),
                new Activation.Sigmoid(),
                new Activation.Tanh(),
                new Activation.Silu(),
                new Activation.Gelu(false),
                new Activation.Gelu(true),
                new Activation.Softmax(),
                new Activation.LogSoftmax(),
                new Bias(0.3f),
                new Concat(),
                new Sum(),
                new Dropout(0.4f),
                new LayerNorm(),
                new Fill(Missing.ZERO, true));
    }

    @ParameterizedTest
    @MethodSource("ofOneVector")
    void alone(LayerSpec layer) {
        check(new LayerBench(6, List.of(LayerBench.trained("x", 7)), NodeSpec.of("layer", layer)));
    }

    @ParameterizedTest
    @MethodSource("ofOneVector")
    void overTheStepsOfASequence(LayerSpec layer) {
        check(new LayerBench(3, List.of(LayerBench.trained("x", 4, 5)), NodeSpec.of("layer", layer)));
    }

    @ParameterizedTest
    @MethodSource("ofOneVector")
    void betweenLinearLayers(LayerSpec layer) {
        check(new LayerBench(
                5,
                List.of(LayerBench.trained("x", 4)),
                NodeSpec.of("before", new Linear(6)),
                NodeSpec.of("layer", layer),
                NodeSpec.of("dropped", new Dropout(0.3f)),
                NodeSpec.of("after", new Linear(2))));
    }

    @ParameterizedTest
    @MethodSource("ofOneVector")
    void whatSeveralLayersReadGetsTheSumOfTheirGradients(LayerSpec layer) {
        check(new LayerBench(
                5,
                List.of(LayerBench.trained("x", 4)),
                NodeSpec.of("shared", new Linear(4)),
                NodeSpec.of("left", layer, "shared"),
                NodeSpec.of("right", layer, "shared"),
                NodeSpec.of("sum", new Concat(), "left", "shared", "right", "shared", "x")));
    }

    @Test
    void standardiseIsAFixedLineAsFarAsGradientsGo() {
        // Only a learned default and what comes before can be trained; the statistics are constants in the backward
        // pass.
        Signal numbers = new Signal("x", Shape.of(3), List.of(), true, false, false);
        LayerBench bench =
                new LayerBench(8, List.of(numbers), NodeSpec.of("layer", new Standardise(10, Missing.LEARNED, true)));
        float[] x = bench.given(0);
        Random random = new Random(3);
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(4) == 0 ? Float.NaN : (float) random.nextGaussian() * 5 + 100;
        }
        Differences.check(bench, random, BOUND);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatFillsAGapIsLearnedAndWhatIsThereGoesThrough(boolean indicator) {
        Signal numbers = new Signal("x", Shape.of(3), List.of(), true, true, false);
        LayerBench bench =
                new LayerBench(8, List.of(numbers), NodeSpec.of("layer", new Fill(Missing.LEARNED, indicator)));
        Random random = new Random(6);
        fill(bench, random);
        for (int i = 0; i < 24; i += 1 + random.nextInt(4)) {
            bench.given(0)[i] = Float.NaN;
        }
        assertThat(bench.parameters())
                .singleElement()
                .extracting(Parameter::name)
                .isEqualTo("layer.default");
        Differences.check(bench, random, BOUND);
    }

    @Test
    void aSparseEmbeddingHasTheGradientOfADenseOne() {
        List<Signal.Categories> fields = List.of(new Signal.Categories("a", 5), new Signal.Categories("b", 3));
        for (Embedding.Combine combine : Embedding.Combine.values()) {
            Signal ids = Signal.ids("ids", Shape.of(2), fields, false);
            LayerBench dense = new LayerBench(
                    6, List.of(ids), NodeSpec.of("layer", new Embedding(4, combine, false, 0.5f, List.of())));
            LayerBench sparse = new LayerBench(
                    6, List.of(ids), NodeSpec.of("layer", new Embedding(4, combine, true, 0.5f, List.of())));
            Random random = new Random(4);
            for (int row = 0; row < 6; row++) {
                dense.input(0).ids()[2 * row] = sparse.input(0).ids()[2 * row] = random.nextInt(5);
                dense.input(0).ids()[2 * row + 1] = sparse.input(0).ids()[2 * row + 1] = random.nextInt(3);
            }
            Differences.check(dense, random, BOUND);
            float[] up = new float[6 * dense.outputSize()];
            for (int i = 0; i < up.length; i++) {
                up[i] = (float) random.nextGaussian();
            }
            dense.forward(true);
            dense.backward(up);
            sparse.forward(true);
            sparse.backward(up);
            SparseGradient rows = sparse.sparseGradients().get(0);
            float[] whole = new float[8 * 4];
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(rows.values(), i * 4, whole, rows.row(i) * 4, 4);
            }
            assertThat(whole).isEqualTo(dense.gradient("layer.weight"));
        }
    }

    @Test
    void layersInPlaceGiveWhatLayersApartGive() {
        // The second reader of 'linear' keeps 'relu' from working in place.
        List<Signal> inputs = List.of(LayerBench.trained("x", 4));
        NodeSpec linear = NodeSpec.of("linear", new Linear(6));
        NodeSpec relu = NodeSpec.of("relu", new Activation.Relu());
        LayerBench inPlace = new LayerBench(5, inputs, linear, relu, NodeSpec.of("last", new Sum(), "relu"));
        LayerBench apart = new LayerBench(5, inputs, linear, relu, NodeSpec.of("both", new Concat(), "relu", "linear"));
        Random random = new Random(5);
        fill(inPlace, random);
        apart.input(0, inPlace.given(0));
        System.arraycopy(
                inPlace.weights().dense(),
                0,
                apart.weights().dense(),
                0,
                apart.weights().dense().length);
        float[] one = inPlace.forward(true);
        float[] two = apart.forward(true);
        for (int row = 0; row < 5; row++) {
            for (int i = 0; i < 6; i++) {
                assertThat(one[row * 6 + i]).isEqualTo(two[row * 12 + i]);
            }
        }
    }

    private static void check(LayerBench bench) {
        Random random = new Random(2);
        fill(bench, random);
        Differences.check(bench, random, BOUND);
    }

    private static void fill(LayerBench bench, Random random) {
        for (int i = 0; i < bench.inputs(); i++) {
            float[] x = bench.given(i);
            for (int j = 0; j < x.length; j++) {
                // Not near 0, where some layers have a kink.
                double value = random.nextGaussian();
                x[j] = (float) (value + Math.copySign(0.02, value));
            }
        }
        for (Parameter parameter : bench.parameters()) {
            for (int j = 0; j < parameter.size(); j++) {
                bench.weights().dense()[parameter.at() + j] = (float) random.nextGaussian() * 0.5f;
            }
        }
    }
}
