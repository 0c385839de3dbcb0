package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.layers.AveragePool;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Conv1d;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers over images and over sequences of varying length. */
class ImageLayerTest {
    private static final double BOUND = 1e-5;

    @ParameterizedTest
    @CsvSource({"conv2d_3x3_pad1, 3, 3, 1, 1", "conv2d_5x3_stride2, 5, 3, 2, 0"})
    void convolutionOfImages(String name, int height, int width, int stride, int padding) {
        Golden golden = Golden.of(name);
        int[] x = golden.shape("in.x");
        int channels = golden.shape("param.bias")[0];
        Conv2d layer = new Conv2d(channels, List.of(height, width), stride, padding, true, Init.ZEROS);
        LayerBench bench =
                new LayerBench(x[0], List.of(LayerBench.trained("x", x[2], x[3], x[1])), NodeSpec.of("layer", layer));
        bench.set("layer.weight", golden.channelsLast("param.weight"));
        bench.set("layer.bias", golden.floats("param.bias"));
        run(golden, bench);
        golden.check("weight", bench.gradient("layer.weight"), golden.channelsLast("grad.param.weight"), BOUND);
        golden.check("bias", bench.gradient("layer.bias"), golden.floats("grad.param.bias"), BOUND);
        golden.report();
    }

    @Test
    void convolutionOfSequences() {
        Golden golden = Golden.of("conv1d_3_pad1_stride2");
        int[] x = golden.shape("in.x");
        int channels = golden.shape("param.bias")[0];
        LayerBench bench = new LayerBench(
                x[0],
                List.of(LayerBench.trained("x", x[2], x[1])),
                NodeSpec.of("layer", new Conv1d(channels, 3, 2, 1)));
        bench.set("layer.weight", golden.channelsLast("param.weight"));
        bench.set("layer.bias", golden.floats("param.bias"));
        run(golden, bench);
        golden.check("weight", bench.gradient("layer.weight"), golden.channelsLast("grad.param.weight"), BOUND);
        golden.check("bias", bench.gradient("layer.bias"), golden.floats("grad.param.bias"), BOUND);
        golden.report();
    }

    static Stream<Arguments> pools() {
        return Stream.of(
                Arguments.of("maxpool2d_2x2", new MaxPool(2)), Arguments.of("avgpool2d_2x2", new AveragePool(2)));
    }

    @ParameterizedTest
    @MethodSource("pools")
    void pooling(String name, LayerSpec layer) {
        Golden golden = Golden.of(name);
        int[] x = golden.shape("in.x");
        LayerBench bench =
                new LayerBench(x[0], List.of(LayerBench.trained("x", x[2], x[3], x[1])), NodeSpec.of("layer", layer));
        run(golden, bench);
        golden.report();
    }

    private static void run(Golden golden, LayerBench bench) {
        bench.input(0, golden.channelsLast("in.x"));
        golden.check("out", bench.forward(true), golden.channelsLast("out.y"), BOUND);
        bench.backward(golden.channelsLast("up.y"));
        golden.check("in", bench.inputGradient(0), golden.channelsLast("grad.in.x"), BOUND);
    }

    static Stream<LayerSpec> overImages() {
        return Stream.of(
                new Conv2d(1, 1, 0),
                new Conv2d(5, 3, 1),
                new Conv2d(9, List.of(2, 3), 2, 1, true, Init.KAIMING_NORMAL),
                new Conv2d(3, List.of(5, 1), 3, 2, false, Init.KAIMING_NORMAL),
                new Conv2d(2, List.of(2), 1, 4, true, Init.KAIMING_NORMAL),
                new Conv2d(2, List.of(5, 4), Integer.MAX_VALUE, 3, true, Init.KAIMING_NORMAL),
                new MaxPool(2),
                new MaxPool(3, Optional.of(1)),
                new MaxPool(1, Optional.of(3)),
                new AveragePool(2),
                new AveragePool(3, Optional.of(2)),
                new Flatten());
    }

    @ParameterizedTest
    @MethodSource("overImages")
    void gradients(LayerSpec layer) {
        check(new LayerBench(3, List.of(LayerBench.trained("x", 7, 5, 3)), NodeSpec.of("layer", layer)));
        check(new LayerBench(2, List.of(LayerBench.trained("x", 6, 9, 1)), NodeSpec.of("layer", layer)));
        check(new LayerBench(
                2,
                List.of(LayerBench.trained("x", 6, 6, 2)),
                NodeSpec.of("before", new Linear(10)),
                NodeSpec.of("layer", layer),
                NodeSpec.of("flat", new Flatten()),
                NodeSpec.of("after", new Linear(2))));
    }

    /** Parts of a batch fit the buffer, or not: the bits of a row stay. */
    @ParameterizedTest
    @MethodSource("overImages")
    void aRowAloneHasTheBitsOfItsBatch(LayerSpec layer) {
        aRowAlone(layer, LayerBench.trained("x", 40, 33, 8));
        aRowAlone(layer, LayerBench.trained("x", 24, 20, 1));
    }

    private static void aRowAlone(LayerSpec layer, Signal in) {
        Random random = new Random(8);
        LayerBench many = new LayerBench(5, List.of(in), NodeSpec.of("layer", layer));
        LayerBench one = new LayerBench(1, List.of(in), NodeSpec.of("layer", layer));
        fill(many, random);
        copyWeights(many, one);
        float[] up = random(5 * many.outputSize(), random);
        float[] all = many.forward(true);
        many.backward(up.clone());
        int size = in.shape().size();
        for (int row = 0; row < 5; row++) {
            one.input(0, Arrays.copyOfRange(many.given(0), row * size, (row + 1) * size));
            assertThat(one.forward(false)).isEqualTo(part(all, row, one.outputSize()));
            one.forward(true);
            one.backward(part(up, row, one.outputSize()));
            assertThat(one.inputGradient(0)).isEqualTo(part(many.inputGradient(0), row, size));
        }
    }

    private static float[] part(float[] all, int row, int size) {
        return Arrays.copyOfRange(all, row * size, (row + 1) * size);
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 1", "3, 2, 1", "2, 1, 0", "4, 3, 2", "1, 2, 0", "6, 2147483647, 4"})
    void aShortSequenceIsASequenceOfThatManySteps(int kernel, int stride, int padding) {
        Conv1d layer = new Conv1d(3, kernel, stride, padding);
        Random random = new Random(9);
        LayerBench padded = new LayerBench(
                9,
                List.of(LayerBench.steps("x", 8, 2)),
                NodeSpec.of("layer", layer),
                NodeSpec.of("flat", new Flatten()));
        for (int steps = 0; steps <= 8; steps++) {
            padded.input(0).lengths()[steps] = steps;
        }
        check(padded);
        float[] all = padded.forward(true);
        float[] up = random(all.length, random);
        padded.backward(up.clone());
        for (int steps = kernel; steps <= 8; steps++) {
            LayerBench exact =
                    new LayerBench(1, List.of(LayerBench.trained("x", steps, 2)), NodeSpec.of("layer", layer));
            copyWeights(padded, exact);
            exact.input(0, Arrays.copyOfRange(padded.given(0), steps * 16, steps * 16 + steps * 2));
            float[] came = part(all, steps, padded.outputSize());
            float[] wanted = exact.forward(true);
            assertThat(Arrays.copyOf(came, wanted.length)).isEqualTo(wanted);
            assertThat(Arrays.copyOfRange(came, wanted.length, came.length))
                    .isEqualTo(new float[came.length - wanted.length]);
            exact.backward(Arrays.copyOf(part(up, steps, padded.outputSize()), wanted.length));
            float[] gradient = part(padded.inputGradient(0), steps, 16);
            assertThat(Arrays.copyOf(gradient, steps * 2)).isEqualTo(exact.inputGradient(0));
            assertThat(Arrays.copyOfRange(gradient, steps * 2, 16)).isEqualTo(new float[16 - steps * 2]);
        }
        assertThat(part(all, 0, padded.outputSize())).containsOnly(0);
    }

    @Test
    void whatDoesNotFitIsSaidInOneLine() {
        refused(
                "layers[0] 'layer' (conv2d): wanted an image, (height, width, channels), came numbers (4) from 'x'",
                new Conv2d(1, 3, 0),
                4);
        refused(
                "layers[0] 'layer' (max-pool): wanted an input at least as large as the kernel, with padding, came (2, 5)"
                        + " and a kernel of (3, 3)",
                new MaxPool(3),
                2,
                5,
                1);
        refused(
                "layers[0] 'layer' (conv1d): wanted a sequence, (steps, width), came numbers (2, 5, 1) from 'x'",
                new Conv1d(1, 1, 1, 0),
                2,
                5,
                1);
        assertThatThrownBy(() -> new Conv2d(1, List.of(1, 2, 3), 1, 0, true, Init.ZEROS))
                .hasMessage("kernel must be one number or two, was [1, 2, 3]");
        assertThatThrownBy(() -> new MaxPool(2, Optional.of(0))).hasMessage("stride must be at least 1, was 0");
    }

    /** The windows of the pool cover the image: it may write its gradient where nobody has added to it yet, and only there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anImageThatAPoolAndAConvolutionRead(boolean poolFirst) {
        NodeSpec shared = NodeSpec.of("shared", new Conv2d(2, 3, 1));
        NodeSpec pool = NodeSpec.of("pool", new MaxPool(2), "shared");
        NodeSpec convolution = NodeSpec.of("convolution", new Conv2d(3, 3, 0), "shared");
        check(new LayerBench(
                3,
                List.of(LayerBench.trained("x", 6, 6, 2)),
                shared,
                poolFirst ? pool : convolution,
                poolFirst ? convolution : pool,
                NodeSpec.of("flat-pool", new Flatten(), "pool"),
                NodeSpec.of("flat-convolution", new Flatten(), "convolution"),
                NodeSpec.of("both", new Concat(), "flat-pool", "flat-convolution")));
    }

    private static void refused(String message, LayerSpec layer, int... shape) {
        Signal in = Signal.numbers("x", Shape.of(shape), false, false);
        assertThatThrownBy(() -> new Blueprint(List.of(in), List.of(NodeSpec.of("layer", layer))))
                .hasMessage(message);
    }

    private static void copyWeights(LayerBench from, LayerBench to) {
        float[] dense = from.weights().dense();
        System.arraycopy(dense, 0, to.weights().dense(), 0, dense.length);
    }

    private static void check(LayerBench bench) {
        Random random = new Random(2);
        fill(bench, random);
        Differences.check(bench, random, 5e-3);
    }

    private static void fill(LayerBench bench, Random random) {
        for (int i = 0; i < bench.inputs(); i++) {
            float[] x = bench.given(i);
            // All different, so that no largest number changes by a small step.
            for (int j = 0; j < x.length; j++) {
                x[j] = ((j * 7919L) % 10007) / 2500f - 2;
            }
        }
        for (Parameter parameter : bench.parameters()) {
            float[] values = random(parameter.size(), random);
            System.arraycopy(values, 0, bench.weights().dense(), parameter.at(), values.length);
        }
    }

    private static float[] random(int n, Random random) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian() * 0.5f;
        }
        return x;
    }
}
