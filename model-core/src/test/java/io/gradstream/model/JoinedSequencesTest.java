package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.layers.Sum;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences that are joined step by step, each with lengths of its own, and one of which every step is there. */
class JoinedSequencesTest {
    private static final int STEPS = 5;
    private static final int WIDTH = 6;
    private static final int[][] LENGTHS = {{5, 0, 1, 3, 4, 0}, {1, 4, 0, 3, 5, 0}};
    private static final int ROWS = LENGTHS[0].length;

    static Stream<LayerSpec> joins() {
        return Stream.of(new Sum(), new Concat());
    }

    @ParameterizedTest
    @MethodSource("joins")
    void gradients(LayerSpec join) {
        Differences.check(bench(join, sequence("b")), new Random(4), 5e-3);
        Differences.check(bench(join, LayerBench.trained("b", STEPS, WIDTH)), new Random(4), 5e-3);
    }

    @ParameterizedTest
    @MethodSource("joins")
    void paddingOfEachHasNoInfluence(LayerSpec join) {
        LayerBench bench = bench(join, sequence("b"));
        float[] before = bench.forward(true);
        float[] up = before.clone();
        bench.backward(up);
        float[] gradients = bench.gradients().clone();
        for (int input = 0; input < 2; input++) {
            for (int row = 0; row < ROWS; row++) {
                for (int i = LENGTHS[input][row] * WIDTH; i < STEPS * WIDTH; i++) {
                    bench.given(input)[row * STEPS * WIDTH + i] = 1e6f;
                }
            }
        }
        assertThat(bench.forward(true)).isEqualTo(before);
        bench.backward(up);
        assertThat(bench.gradients()).isEqualTo(gradients);
    }

    @ParameterizedTest
    @MethodSource("joins")
    void asManyStepsAsTheLongest(LayerSpec join) {
        LayerBench bench = bench(join, sequence("b"));
        float[] means = bench.forward(false);
        int width = bench.outputSize();
        assertThat(means[5 * width]).as("mean of no step").isZero();
        // Row 1 of a has no step, b has four: their mean is over four.
        float sum = 0;
        for (int step = 0; step < 4; step++) {
            sum += bench.given(1)[(STEPS + step) * WIDTH];
        }
        int column = join instanceof Concat ? WIDTH : 0;
        assertThat(means[width + column]).isCloseTo(sum / 4, org.assertj.core.data.Offset.offset(1e-6f));
    }

    private static Signal sequence(String name) {
        return LayerBench.steps(name, STEPS, WIDTH);
    }

    /** The mean over the steps of a, of which a linear layer was made, joined with b. */
    private static LayerBench bench(LayerSpec join, Signal b) {
        LayerBench bench = new LayerBench(
                ROWS,
                List.of(sequence("a"), b),
                NodeSpec.of("linear", new Linear(WIDTH), "a"),
                NodeSpec.of("joined", join, "linear", "b"),
                NodeSpec.of("mean", new Pool()));
        Random random = new Random(7);
        for (int input = 0; input < 2; input++) {
            float[] given = bench.given(input);
            for (int i = 0; i < given.length; i++) {
                given[i] = (float) random.nextGaussian();
            }
            if (bench.input(input).lengths() != null) {
                System.arraycopy(LENGTHS[input], 0, bench.input(input).lengths(), 0, ROWS);
            }
        }
        return bench;
    }
}
