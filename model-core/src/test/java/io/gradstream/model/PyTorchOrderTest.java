package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.BatchNorm;
import io.gradstream.model.layers.Bias;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Conv1d;
import io.gradstream.model.layers.CrossNetwork;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.NumberEmbedding;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.snapshots.SafetensorsWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each weight behind a flattened image or conv1d comes to the number that it has in PyTorch. Weights here are their places in PyTorch. */
class PyTorchOrderTest {
    private static final InputSpec IMAGE = new ImageInput("image", 2, 3, 2);
    /** PyTorch's places, (channels, height, width), of our (height, width, channels). */
    private static final float[] PIXELS = {0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11};

    private static final NodeSpec FLAT = NodeSpec.of("flat", new Flatten(), "image");
    private static final NodeSpec LOGIT = NodeSpec.of("logit", new Linear(1));

    private static Learner learner(List<InputSpec> inputs, NodeSpec... layers) {
        return Learner.create(ModelSpec.of(inputs, List.of(layers), Task.BINARY, OptimizerSpec.sgd(0.1f)));
    }

    /** What the learner has under our name after each number was given its place, in a tensor of such a shape. */
    private static float[] loaded(Learner learner, String ours, int... shape) throws Exception {
        float[] places = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        PyTorchWeights.load(
                learner, new SafetensorsWriter().add("theirs", places, 0, shape).bytes(), Map.of(ours, "theirs"));
        return values(learner, ours);
    }

    private static float[] values(Learner learner, String name) {
        for (Parameter each : learner.state().compiled().layout().parameters()) {
            if (each.name().equals(name)) {
                return Arrays.copyOfRange(learner.state().weights().dense(), each.at(), each.at() + each.size());
            }
        }
        for (Statistic each : learner.state().compiled().layout().statistics()) {
            if (each.name().equals(name)) {
                float[] values = new float[each.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) learner.state().weights().statistics()[each.at() + i];
                }
                return values;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void aFlattenedImageBesideNumbers() throws Exception {
        List<InputSpec> inputs = List.of(new NumbersInput("before", 2, false), IMAGE, new NumbersInput("x", 1, false));
        NodeSpec joined = NodeSpec.of("joined", new Concat(), "before", "flat", "x");
        Learner learner = learner(inputs, FLAT, joined, LOGIT);
        assertThat(loaded(learner, "logit.weight", 1, 15))
                .containsExactly(0, 1, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12, 7, 13, 14);
    }

    @Test
    void theWholePresetOfAnImageBesideNumbers() throws Exception {
        List<InputSpec> inputs = List.of(IMAGE, new NumbersInput("x", 2, false));
        Learner learner = learner(
                inputs, Presets.cnn(inputs, 1, List.of(3), 3, List.of(), 0, 0).toArray(NodeSpec[]::new));
        assertThat(loaded(learner, "logits.weight", 1, 5)).containsExactly(0, 1, 2, 3, 4);
        Learner wider = learner(
                List.of(new ImageInput("image", 4, 4, 1), inputs.get(1)),
                Presets.cnn(List.of(new ImageInput("image", 4, 4, 1), inputs.get(1)), 1, List.of(2), 3, List.of(), 0, 0)
                        .toArray(NodeSpec[]::new));
        assertThat(loaded(wider, "logits.weight", 1, 10)).containsExactly(0, 4, 1, 5, 2, 6, 3, 7, 8, 9);
    }

    @Test
    void whatIsKeptForEachNumberAndBehindIt() throws Exception {
        Learner learner = learner(
                List.of(IMAGE),
                FLAT,
                NodeSpec.of("scaled", new Standardise()),
                NodeSpec.of("batch", new BatchNorm()),
                NodeSpec.of("layer", new LayerNorm()),
                NodeSpec.of("relu", new Activation.Relu()),
                NodeSpec.of("drop", new Dropout(0.1f)),
                NodeSpec.of("bias", new Bias(0)),
                NodeSpec.of("cross", new CrossNetwork(2)),
                NodeSpec.of("same", new Linear(12)),
                LOGIT);
        for (String name : List.of(
                "scaled.count",
                "batch.weight",
                "batch.bias",
                "batch.running_mean",
                "batch.running_var",
                "layer.weight",
                "layer.bias",
                "bias.bias",
                "cross.0.bias",
                "cross.1.bias")) {
            assertThat(loaded(learner, name, 12)).as(name).isEqualTo(PIXELS);
        }
        float[] crosses = loaded(learner, "cross.1.weight", 12, 12);
        float[] rows = loaded(learner, "same.weight", 12, 12);
        for (int i = 0; i < 144; i++) {
            int in = (int) PIXELS[i / 12];
            assertThat(crosses[i]).as("cross %s", i).isEqualTo(12 * PIXELS[i % 12] + in);
            assertThat(rows[i]).as("same %s", i).isEqualTo(12 * (i % 12) + in);
        }
        assertThat(loaded(learner, "same.bias", 12)).isSorted();
        assertThat(loaded(learner, "logit.weight", 1, 12)).isSorted();
    }

    @Test
    void aFlattenedConvolutionOfSequences() throws Exception {
        Learner learner = learner(
                List.of(new SequenceInput("image", 4, 2)),
                NodeSpec.of("conv", new Conv1d(3, 1, 1, 0)),
                NodeSpec.of("relu", new Activation.Relu()),
                NodeSpec.of("flat", new Flatten()),
                LOGIT);
        assertThat(loaded(learner, "logit.weight", 1, 12)).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    }

    @Test
    void aFlattenedSequenceThatLiesAsInPyTorch() throws Exception {
        Learner learner = learner(List.of(new SequenceInput("image", 4, 2)), FLAT, LOGIT);
        assertThat(loaded(learner, "logit.weight", 1, 8)).isSorted();
        Learner linear = learner(
                List.of(new SequenceInput("image", 4, 2)),
                NodeSpec.of("conv", new Conv1d(3, 1, 1, 0)),
                NodeSpec.of("linear", new Linear(2)),
                NodeSpec.of("flat", new Flatten()),
                LOGIT);
        assertThat(loaded(linear, "logit.weight", 1, 8)).isSorted();
    }

    @Test
    void sumsOfOneOrderOnly() throws Exception {
        List<InputSpec> inputs = List.of(IMAGE, new NumbersInput("x", 12, false));
        NodeSpec relu = NodeSpec.of("relu", new Activation.Relu(), "flat");
        Learner one = learner(List.of(IMAGE), FLAT, relu, NodeSpec.of("sum", new Sum(), "flat", "relu"), LOGIT);
        assertThat(loaded(one, "logit.weight", 1, 12)).isEqualTo(PIXELS);
        Learner two = learner(inputs, FLAT, NodeSpec.of("sum", new Sum(), "flat", "x"), LOGIT);
        assertThatThrownBy(() -> loaded(two, "logit.weight", 1, 12))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "layers[1] 'sum' (sum): weights of PyTorch wanted inputs in one order, of a layer that keeps it,"
                                + " came a flattened image or conv1d, which PyTorch has channels first");
        Learner vectors = learner(
                List.of(IMAGE),
                FLAT,
                NodeSpec.of("vectors", new NumberEmbedding(3)),
                NodeSpec.of("mean", new Pool()),
                LOGIT);
        assertThatThrownBy(() -> loaded(vectors, "logit.weight", 1, 3))
                .hasMessageStartingWith("layers[1] 'vectors' (number-embedding): weights of PyTorch wanted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch.running_var", "scaled.count", "scaled.squares"})
    void statisticsThatCannotBeNegative(String name) {
        Learner learner = learner(
                List.of(new NumbersInput("x", 2, false)),
                NodeSpec.of("scaled", new Standardise()),
                NodeSpec.of("batch", new BatchNorm()),
                LOGIT);
        byte[] file =
                new SafetensorsWriter().add("theirs", new float[] {1, -2}, 0, 2).bytes();
        assertThatThrownBy(() -> PyTorchWeights.load(learner, file, Map.of(name, "theirs")))
                .hasMessage("tensor 'theirs' for '" + name + "': wanted at least 0.0, came -2.0");
    }

    @Test
    void namesOfLayersAndTensors() throws Exception {
        Learner learner = learner(
                List.of(new NumbersInput("x", 1, false)),
                NodeSpec.of("hidden", new Linear(1)),
                NodeSpec.of("hidden.2", new Linear(1)),
                LOGIT);
        SafetensorsWriter writer = new SafetensorsWriter()
                .add("a.weight", new float[] {1}, 0, 1, 1)
                .add("a.bias", new float[] {2}, 0, 1)
                .add("b", new float[] {3}, 0, 1, 1);
        PyTorchWeights.load(learner, writer.bytes(), Map.of("hidden", "a", "hidden.weight", "b"));
        assertThat(values(learner, "hidden.weight")).containsExactly(3);
        assertThat(values(learner, "hidden.bias")).containsExactly(2);
        assertThat(values(learner, "hidden.2.bias")).containsExactly(0);
    }
}
