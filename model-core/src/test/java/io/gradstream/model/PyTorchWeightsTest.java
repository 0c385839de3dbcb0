package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.snapshots.SafetensorsWriter;
import io.gradstream.model.snapshots.SnapshotException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weights taken from files of PyTorch by name give PyTorch's training. */
class PyTorchWeightsTest {
    @Test
    void cnn() throws Exception {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("first", new Conv2d(4, 3, 1)),
                NodeSpec.of("first-relu", new Activation.Relu()),
                NodeSpec.of("first-pool", new MaxPool(2)),
                NodeSpec.of("second", new Conv2d(8, 3, 1)),
                NodeSpec.of("second-relu", new Activation.Relu()),
                NodeSpec.of("second-pool", new MaxPool(2)),
                NodeSpec.of("flat", new Flatten()),
                NodeSpec.of("logits", new Linear(10)));
        train(
                "cnn_sgd",
                ModelSpec.of(
                        List.of(new ImageInput("x", 12, 12, 1)),
                        layers,
                        Task.MULTICLASS,
                        new OptimizerSpec.Sgd(0.1f, 0.9f, false)),
                Map.of("first", "0", "second", "3", "logits", "7"));
    }

    @Test
    void mlp() throws Exception {
        train("mlp_adam", mlpSpec(32), Map.of("first", "0", "second", "2", "third", "4"));
    }

    private static ModelSpec mlpSpec(int units) {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("first", new Linear(units)),
                NodeSpec.of("relu", new Activation.Relu()),
                NodeSpec.of("second", new Linear(16)),
                NodeSpec.of("tanh", new Activation.Tanh()),
                NodeSpec.of("third", new Linear(3)));
        return ModelSpec.of(
                List.of(new NumbersInput("x", 13, false)), layers, Task.MULTICLASS, OptimizerSpec.adam(0.01f));
    }

    private static void train(String name, ModelSpec spec, Map<String, String> layers) throws Exception {
        Golden golden = Golden.of("train_" + name);
        int batch = golden.shape("in.x0")[0];
        Learner learner = Learner.create(spec.withBatchSize(batch));
        Learner trained = Learner.create(spec.withBatchSize(batch));
        golden.load(learner, prefixed(layers, "param."));
        golden.load(trained, prefixed(layers, "out.param."));
        float[] losses = golden.floats("out.losses");
        for (int step = 0; step < losses.length; step++) {
            float[] x = golden.floats("in.x" + step);
            int[] y = golden.ints("in.y" + step);
            for (int row = 0; row < batch; row++) {
                learner.learn(x, row * x.length / batch, new int[0], 0, y[row], 1);
            }
            golden.check("loss " + step, new float[] {learner.lastLoss()}, new float[] {losses[step]}, 1e-5);
        }
        for (Parameter parameter : learner.state().compiled().layout().parameters()) {
            golden.check(parameter.name(), values(learner, parameter), values(trained, parameter), 1e-4);
        }
        golden.report();
    }

    private static float[] values(Learner learner, Parameter parameter) {
        float[] dense = learner.state().weights().dense();
        return Arrays.copyOfRange(dense, parameter.at(), parameter.at() + parameter.size());
    }

    private static Map<String, String> prefixed(Map<String, String> layers, String prefix) {
        return layers.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, entry -> prefix + entry.getValue()));
    }

    private static byte[] bytes(String golden) throws IOException {
        try (InputStream in = PyTorchWeightsTest.class.getResourceAsStream("/goldens/" + golden + ".safetensors")) {
            return in.readAllBytes();
        }
    }

    @Test
    void aSparseTableTakesEveryRow() throws Exception {
        Golden golden = Golden.of("embedding");
        int[] shape = golden.shape("param.weight");
        List<InputSpec> inputs = List.of(new CategoriesInput("c", List.of(new CategoryField("c", shape[0]))));
        List<NodeSpec> layers =
                List.of(NodeSpec.of("embedded", new Embedding(shape[1])), NodeSpec.of("logit", new Linear(1)));
        Learner learner = Learner.create(ModelSpec.of(inputs, layers, Task.BINARY, OptimizerSpec.adam(0.1f)));
        PyTorchWeights.load(learner, bytes("embedding"), Map.of("embedded", "param"));
        float[] row = new float[shape[1]];
        SparseTable table = learner.state().weights().table(0);
        table.read(3, table.place(3), null, row, 0);
        assertThat(row).isEqualTo(Arrays.copyOfRange(golden.floats("param.weight"), 3 * shape[1], 4 * shape[1]));
    }

    @Test
    void whatIsNotFiniteIsSaidWithItsPlace() throws Exception {
        ModelSpec spec = mlpSpec(32);
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            SafetensorsWriter file = new SafetensorsWriter();
            float[] weights = new float[32 * 13];
            weights[40] = bad;
            weights[41] = bad;
            file.add("fc.weight", weights, 0, 32, 13);
            file.add("fc.bias", new float[32], 0, 32);
            Learner learner = Learner.create(spec);
            float[] before = learner.state().weights().dense().clone();
            assertThatThrownBy(() -> PyTorchWeights.load(learner, file.bytes(), Map.of("first", "fc")))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessage("tensor 'fc.weight' for 'first.weight': wanted finite numbers, came " + bad + " at 40");
            assertThat(learner.state().weights().dense()).isEqualTo(before);
        }
    }

    @Test
    void whatDoesNotFitIsSaidWithBothNames() throws Exception {
        byte[] file = bytes("train_mlp_adam");
        Learner learner = Learner.create(mlpSpec(31));
        float[] before = learner.state().weights().dense().clone();
        assertThatThrownBy(() -> PyTorchWeights.load(learner, file, Map.of("third", "param.4", "first", "param.0")))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(
                        "tensor 'param.0.weight' does not fit 'first.weight': wanted (31, 13) in the file, came (32, 13)");
        assertThatThrownBy(() -> PyTorchWeights.load(learner, file, Map.of("third", "4")))
                .isInstanceOf(SnapshotException.class)
                .hasMessageStartingWith(
                        "the file has no tensor '4.weight', wanted for 'third.weight'; it has [param.0");
        assertThatThrownBy(() -> PyTorchWeights.load(learner, file, Map.of("forth", "param.4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "the model has no layer or weights 'forth'; wanted one of [first.weight, first.bias");
        assertThat(learner.state().weights().dense()).isEqualTo(before);
        learner.learn(new float[13], 0, new int[0], 0, 1, 1);
        assertThatThrownBy(() -> PyTorchWeights.load(learner, file, Map.of("third", "param.4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("came 0 and 1");
    }
}
