package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.Activation.Relu;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.Signal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ReLU that changes places with the pooling behind it gives what both give one after the other. */
class MaximaFirstTest {
    private static final int BATCH = 3;

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 1", "3, 2", "2, 3"})
    void theLargestOfWhatReluLeaves(int size, int stride) {
        Signal in = LayerBench.trained("x", 7, 8, 17);
        NodeSpec pool = NodeSpec.of("pool", new MaxPool(size, Optional.of(stride)));
        LayerBench both = new LayerBench(BATCH, List.of(in), NodeSpec.of("relu", new Relu()), pool);
        LayerBench relu = new LayerBench(BATCH, List.of(in), NodeSpec.of("relu", new Relu()));
        LayerBench alone = new LayerBench(BATCH, List.of(in), pool);
        Random random = new Random(4);
        float[] x = few(both.given(0).length, random);
        float[] up = few(BATCH * both.outputSize(), random);
        both.input(0, x);
        relu.input(0, x);
        alone.input(0, relu.forward(true));

        same(both.forward(false), alone.forward(true));
        same(both.forward(true), alone.forward(true));
        both.backward(up.clone());
        alone.backward(up.clone());
        relu.backward(alone.inputGradient(0));
        same(both.inputGradient(0), relu.inputGradient(0));
    }

    @Test
    void whatOthersReadIsThereForThem() {
        Signal in = LayerBench.trained("x", 4, 4, 2);
        LayerBench bench = new LayerBench(
                BATCH,
                List.of(in),
                NodeSpec.of("relu", new Relu()),
                NodeSpec.of("pool", new MaxPool(2)),
                NodeSpec.of("largest", new Flatten()),
                NodeSpec.of("all", new Flatten(), "relu"),
                NodeSpec.of("joined", new Concat(), "largest", "all"));
        float[] x = few(bench.given(0).length, new Random(5));
        bench.input(0, x);
        float[] out = bench.forward(true);
        for (int row = 0; row < BATCH; row++) {
            for (int i = 0; i < 32; i++) {
                assertThat(out[row * 40 + 8 + i]).isEqualTo(Math.max(x[row * 32 + i], 0));
            }
        }
        bench.backward(few(out.length, new Random(6)));
        assertThat(bench.inputGradient(0)).hasSize(x.length);
    }

    /** Of few different numbers, so that windows have several largest ones, and none that is positive. */
    private static float[] few(int n, Random random) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(6) - 3.5f + 0.5f * random.nextInt(2);
        }
        return x;
    }

    /** -0 is 0. */
    private static void same(float[] came, float[] wanted) {
        assertThat(came).hasSameSizeAs(wanted);
        for (int i = 0; i < came.length; i++) {
            assertThat(came[i] + 0f).isEqualTo(wanted[i] + 0f);
        }
    }
}
