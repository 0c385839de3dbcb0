package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.BatchNorm;
import io.gradstream.model.layers.CrossNetwork;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Embedding.Combine;
import io.gradstream.model.layers.FactorizationMachine;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.NumberEmbedding;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.SparseGradient;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bags of ids, crosses of features, normalisation of batches. */
class FieldLayerTest {
    private static final double BOUND = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"sum", "mean"})
    void embeddingBag(String mode) {
        Golden golden = Golden.of("embedding_bag_" + mode);
        int[] ids = golden.shape("in.ids");
        int[] weight = golden.shape("param.weight");
        Combine combine = mode.equals("sum") ? Combine.SUM : Combine.MEAN;
        Embedding layer = new Embedding(weight[1], combine, false, 1, List.of());
        LayerBench bench =
                new LayerBench(ids[0], List.of(tokens(weight[0], ids[1], false)), NodeSpec.of("layer", layer));
        bench.set("layer.weight", golden.floats("param.weight"));
        System.arraycopy(golden.ints("in.ids"), 0, bench.input(0).ids(), 0, ids[0] * ids[1]);
        golden.check("out", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(golden.floats("up.y"));
        golden.check("weight", bench.gradient("layer.weight"), golden.floats("grad.param.weight"), BOUND);
        golden.report();
    }

    private static Signal tokens(int buckets, int steps, boolean varying) {
        return Signal.ids("ids", Shape.of(steps), List.of(new Signal.Categories("ids", buckets)), varying);
    }

    /** Padding is not looked up, learned or counted, whatever its ids. */
    @ParameterizedTest
    @EnumSource(Combine.class)
    void onlyTheIdsThatAreThereCount(Combine combine) {
        Signal ids = tokens(7, 4, true);
        LayerBench dense = new LayerBench(
                5, List.of(ids), NodeSpec.of("layer", new Embedding(3, combine, false, 0.5f, List.of())));
        LayerBench sparse =
                new LayerBench(5, List.of(ids), NodeSpec.of("layer", new Embedding(3, combine, true, 0.5f, List.of())));
        Random random = new Random(6);
        for (LayerBench bench : List.of(dense, sparse)) {
            for (int row = 0; row < 5; row++) {
                bench.input(0).lengths()[row] = row;
                for (int i = 0; i < 4; i++) {
                    bench.input(0).ids()[row * 4 + i] = i < row ? (row + i) % 5 : 6;
                }
            }
        }
        Differences.check(dense, random, 5e-3);
        float[] out = dense.forward(true);
        assertThat(Arrays.copyOf(out, dense.outputSize())).containsOnly(0);
        float[] up = new float[out.length];
        Arrays.fill(up, 1);
        dense.backward(up.clone());
        sparse.forward(true);
        sparse.backward(up.clone());
        SparseGradient rows = sparse.sparseGradients().get(0);
        float[] whole = new float[7 * 3];
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.row(i)).isLessThan(5);
            System.arraycopy(rows.values(), i * 3, whole, rows.row(i) * 3, 3);
        }
        assertThat(whole).isEqualTo(dense.gradient("layer.weight"));
        if (combine == Combine.MEAN) {
            float[] weight = dense.weights().dense();
            assertThat(out[6]).isEqualTo((weight[6] + weight[9]) * 0.5f);
        }
    }

    @Test
    void factorizationMachine() {
        Golden golden = Golden.of("factorization_machine");
        int[] x = golden.shape("in.x");
        LayerBench bench = new LayerBench(
                x[0],
                List.of(LayerBench.trained("x", x[1])),
                NodeSpec.of("vectors", new NumberEmbedding(4), "x"),
                NodeSpec.of("pairs", new FactorizationMachine(), "vectors"),
                NodeSpec.of("linear", new Linear(1), "x"),
                NodeSpec.of("sum", new Sum(), "linear", "pairs"));
        bench.set("vectors.weight", golden.floats("param.v"));
        bench.set("linear.weight", golden.floats("param.w"));
        bench.set("linear.bias", golden.floats("param.b"));
        bench.input(0, golden.floats("in.x"));
        golden.check("out", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(golden.floats("up.y"));
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        golden.check("v", bench.gradient("vectors.weight"), golden.floats("grad.param.v"), BOUND);
        golden.check("w", bench.gradient("linear.weight"), golden.floats("grad.param.w"), BOUND);
        golden.check("b", bench.gradient("linear.bias"), golden.floats("grad.param.b"), BOUND);
        golden.report();
    }

    @Test
    void crossNetwork() {
        Golden golden = Golden.of("cross_network_v2");
        int[] x = golden.shape("in.x");
        LayerBench bench = new LayerBench(
                x[0],
                List.of(LayerBench.trained("x0", x[1]), LayerBench.trained("x", x[1])),
                NodeSpec.of("cross", new CrossNetwork(1), "x0", "x"));
        bench.set("cross.0.weight", golden.transposed("param.w.weight"));
        bench.set("cross.0.bias", golden.floats("param.w.bias"));
        bench.input(0, golden.floats("in.x0"));
        bench.input(1, golden.floats("in.x"));
        golden.check("out", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(golden.floats("up.y"));
        golden.check("x0", bench.inputGradient(0), golden.floats("grad.in.x0"), BOUND);
        golden.check("x", bench.inputGradient(1), golden.floats("grad.in.x"), BOUND);
        golden.check("w", bench.gradient("cross.0.weight"), golden.transposed("grad.param.w.weight"), BOUND);
        golden.check("b", bench.gradient("cross.0.bias"), golden.floats("grad.param.w.bias"), BOUND);
        golden.report();
    }

    @Test
    void batchNorm() {
        Golden golden = Golden.of("batchnorm1d_train");
        int[] x = golden.shape("in.x");
        LayerBench bench =
                new LayerBench(x[0], List.of(LayerBench.trained("x", x[1])), NodeSpec.of("layer", new BatchNorm()));
        bench.set("layer.weight", golden.floats("param.weight"));
        bench.set("layer.bias", golden.floats("param.bias"));
        bench.input(0, golden.floats("in.x"));
        golden.check("out", bench.forward(true), golden.floats("out.y"), BOUND);
        bench.backward(golden.floats("up.y"));
        golden.check("in", bench.inputGradient(0), golden.floats("grad.in.x"), BOUND);
        golden.check("weight", bench.gradient("layer.weight"), golden.floats("grad.param.weight"), BOUND);
        golden.check("bias", bench.gradient("layer.bias"), golden.floats("grad.param.bias"), BOUND);
        golden.report();
    }

    @Test
    void runningStatisticsFollowEachBatchAndServeScores() {
        LayerBench bench = new LayerBench(
                4, List.of(LayerBench.trained("x", 1)), NodeSpec.of("layer", new BatchNorm(0.25f, 1e-5f)));
        bench.input(0, new float[] {1, 2, 3, 6});
        bench.forward(true);
        double[] statistics = bench.weights().statistics();
        // Mean 3, variance over n - 1: (4 + 1 + 0 + 9) / 3.
        assertThat(statistics[0]).isEqualTo(0.25 * 3);
        assertThat(statistics[1]).isEqualTo(0.75 + 0.25 * 14 / 3);
        assertThat(bench.forward(false)[3]).isEqualTo((float) (6 / Math.sqrt(1 + 1e-5f)));
        assertThat(bench.weights().statistics()).startsWith(0, 1);
    }

    @Test
    void gradientsOfBatchNorm() {
        check(new LayerBench(3, List.of(LayerBench.trained("x", 4, 5, 2)), NodeSpec.of("layer", new BatchNorm())));
        check(new LayerBench(
                6,
                List.of(LayerBench.trained("x", 5)),
                NodeSpec.of("before", new Linear(4)),
                NodeSpec.of("layer", new BatchNorm()),
                NodeSpec.of("tanh", new Activation.Tanh())));
        LayerBench steps = new LayerBench(
                4,
                List.of(LayerBench.steps("x", 3, 2)),
                NodeSpec.of("layer", new BatchNorm()),
                NodeSpec.of("flat", new Flatten()));
        for (int row = 0; row < 4; row++) {
            steps.input(0).lengths()[row] = row;
        }
        check(steps);
        LayerBench one = new LayerBench(1, List.of(LayerBench.trained("x", 3)), NodeSpec.of("layer", new BatchNorm()));
        one.input(0, new float[] {4, -1, 2});
        assertThat(one.forward(true)).containsOnly(0);
    }

    @Test
    void gradientsOfCrosses() {
        check(new LayerBench(3, List.of(LayerBench.trained("x", 5)), NodeSpec.of("layer", new CrossNetwork(3))));
        check(new LayerBench(
                2,
                List.of(LayerBench.trained("x", 3)),
                NodeSpec.of("shared", new Linear(3)),
                NodeSpec.of("layer", new CrossNetwork(2), "shared", "shared"),
                NodeSpec.of("sum", new Sum(), "layer", "shared")));
        check(new LayerBench(
                3,
                List.of(LayerBench.trained("x", 4), LayerBench.trained("y", 3, 6), LayerBench.trained("z", 6)),
                NodeSpec.of("vectors", new NumberEmbedding(6), "x"),
                NodeSpec.of("layer", new FactorizationMachine(2), "vectors", "y", "z")));
        check(new LayerBench(
                3, List.of(LayerBench.trained("x", 4, 3)), NodeSpec.of("layer", new FactorizationMachine(3))));
    }

    @Test
    void whatDoesNotFitIsSaidInOneLine() {
        refused(
                "layers[0] 'layer' (factorization-machine): wanted vectors whose length is a multiple of 2 outputs, came"
                        + " length 3",
                new FactorizationMachine(2),
                4,
                3);
        refused(
                "layers[0] 'layer' (cross-network): wanted one vector, or two of one length, came [numbers (4, 3) from 'x']",
                new CrossNetwork(1),
                4,
                3);
        refused(
                "layers[0] 'layer' (number-embedding): wanted one vector of numbers, came numbers (4, 3) from 'x'",
                new NumberEmbedding(2),
                4,
                3);
        assertThatThrownBy(() -> new BatchNorm(0, 1e-5f)).hasMessage("momentum must be above 0 and at most 1, was 0.0");
    }

    private static void refused(String message, LayerSpec layer, int... shape) {
        Signal in = Signal.numbers("x", Shape.of(shape), false, false);
        assertThatThrownBy(() -> new Blueprint(List.of(in), List.of(NodeSpec.of("layer", layer))))
                .hasMessage(message);
    }

    private static void check(LayerBench bench) {
        Random random = new Random(2);
        for (int i = 0; i < bench.inputs(); i++) {
            for (int j = 0; j < bench.given(i).length; j++) {
                bench.given(i)[j] = (float) random.nextGaussian();
            }
        }
        for (Parameter parameter : bench.parameters()) {
            for (int j = 0; j < parameter.size(); j++) {
                bench.weights().dense()[parameter.at() + j] = (float) random.nextGaussian() * 0.5f;
            }
        }
        Differences.check(bench, random, 5e-3);
    }
}
