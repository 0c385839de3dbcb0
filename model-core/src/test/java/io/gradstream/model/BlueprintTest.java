package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.CrossNetwork;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.spec.Json;
import io.gradstream.model.spec.SpecReader;
import io.gradstream.model.spec.SpecWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlueprintTest {
    private static final List<InputSpec> NUMBERS = List.of(new NumbersInput("x", 4, false));
    private static final NodeSpec SUM = NodeSpec.of("sum", new Sum(), "h", "optimizer.squares/h");
    private static final NodeSpec OUT = NodeSpec.of("out", new Linear(1));

    @Test
    void whatDoesNotFitIsSaidInOneLine() {
        refused(
                NUMBERS,
                "layers[0] 'embed' (embedding): wanted one input of ids, came numbers (4) from 'x'",
                NodeSpec.of("embed", new Embedding(3)));
        refused(
                List.of(new NumbersInput("x", 4, true)),
                "layers[0] 'out' (linear): wanted numbers that are never missing, came numbers (4), may be missing from 'x'"
                        + " (put standardise or fill before it)",
                NodeSpec.of("out", new Linear(1)));
        refused(
                NUMBERS,
                "layers[1] 'sum' (sum): wanted inputs of one shape, came (4) and (2)",
                NodeSpec.of("two", new Linear(2)),
                NodeSpec.of("sum", new Sum(), "x", "two"));
        refused(
                NUMBERS,
                "layers[0] 'out': wanted inputs among those before it, [x], came 'y'",
                NodeSpec.of("out", new Linear(1), "y"));
        refused(
                NUMBERS,
                "layers[1] 'x': wanted a name of its own, came that of inputs[0]",
                NodeSpec.of("a", new Linear(1)),
                NodeSpec.of("x", new Linear(1)));
        refused(
                NUMBERS,
                "layers[2] 'b': wanted a name of its own, came that of layers[1]",
                NodeSpec.of("a", new Linear(1)),
                NodeSpec.of("b", new Linear(1)),
                NodeSpec.of("b", new Linear(1)));
        refused(
                List.of(new NumbersInput("x", 4, false), new NumbersInput("x", 1, false)),
                "inputs[1] 'x': wanted a name of its own, came that of inputs[0]",
                NodeSpec.of("out", new Linear(1), "x"));
        refused(
                List.of(new NumbersInput("x", 4, false), new NumbersInput("y", 1, false)),
                "inputs[1] 'y': wanted a layer that reads it, came none",
                NodeSpec.of("out", new Linear(1), "x"));
        refused(
                NUMBERS,
                "layers[0] 'a': wanted a layer that reads it, came none",
                NodeSpec.of("a", new Linear(1)),
                NodeSpec.of("b", new Linear(1), "x"));
        refused(
                NUMBERS,
                "layers[0] 'out': as the last layer of a binary model wanted one output, (1), came (2)",
                NodeSpec.of("out", new Linear(2)));
        refused(
                List.of(new NumbersInput("x", 1, false)),
                "layers[0] 'out': wanted at least one layer with parameters, came none",
                NodeSpec.of("out", new Concat(), "x"));
    }

    @Test
    void tensorsOfOneNameAreRefused() {
        String taken = "wanted names of its own for what it keeps, came ";
        String rename = ", which an earlier layer has; rename one of the two";
        refused(
                NUMBERS,
                "layers[1] 'c.0' (linear): " + taken + "'c.0.weight'" + rename,
                NodeSpec.of("c", new CrossNetwork(1)),
                NodeSpec.of("c.0", new Linear(1)));
        refused(
                NUMBERS,
                "layers[1] 'c' (cross-network): " + taken + "'c.0.weight'" + rename,
                NodeSpec.of("c.0", new Linear(1)),
                NodeSpec.of("c", new CrossNetwork(1)));
        refused(
                List.of(new SequenceInput("x", 3, 2)),
                "layers[2] 'enc.layers.0.linear1' (linear): " + taken + "'enc.layers.0.linear1.weight'" + rename,
                NodeSpec.of("enc", new TransformerEncoder(1, 1, 4)),
                NodeSpec.of("mean", new Pool()),
                NodeSpec.of("enc.layers.0.linear1", new Linear(1)));
    }

    @Test
    void tensorsThatASnapshotHasForSomethingElseAreRefused() {
        List<InputSpec> ids = List.of(new CategoriesInput("c", List.of(new CategoryField("a", 3))));
        ModelSpec adam =
                spec(NUMBERS, NodeSpec.of("optimizer.mean/h", new Linear(2)), NodeSpec.of("h", new Linear(2)), OUT);
        ModelSpec adagrad = spec(
                ids,
                NodeSpec.of("h", new Embedding(2)),
                NodeSpec.of("optimizer.squares/h", new Embedding(2), "c"),
                SUM,
                OUT);
        refusedForSnapshots(
                adam.withOptimizer(OptimizerSpec.adam(0.1f)),
                "layers[0] 'optimizer.mean/h' (linear)",
                "optimizer.mean/h.weight");
        refusedForSnapshots(
                adagrad.withOptimizer(OptimizerSpec.adagrad(0.1f)),
                "layers[1] 'optimizer.squares/h' (embedding)",
                "optimizer.squares/h.table");
    }

    private static void refusedForSnapshots(ModelSpec spec, String place, String tensor) {
        String message = place + ": wanted names of its own for what it keeps, came '" + tensor
                + "', which a snapshot has for something else; rename the layer";
        assertThatThrownBy(() -> Learner.create(spec))
                .isInstanceOf(ShapeException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Memory.of(spec))
                .isInstanceOf(ShapeException.class)
                .hasMessage(message);
    }

    /** They are none of the above, however much they look like it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"optimizer.mean/h", "optimizer.squares/g", "learner/counters", "pending/ids", "h.table/rows", "."
            })
    void namesMayHaveDotsAndSlashes(String name) throws Exception {
        OptimizerSpec optimizer = name.endsWith("/h") ? OptimizerSpec.sgd(0.1f) : OptimizerSpec.adam(0.1f);
        ModelSpec spec = spec(NUMBERS, NodeSpec.of("h", new Linear(2)), NodeSpec.of(name, new Linear(2)), OUT);
        Learner learner = Learner.create(spec.withOptimizer(optimizer).withBatchSize(1));
        learner.learn(new float[4], 0, null, 0, 1, 1);
        assertThat(Learner.read(learner.snapshot(Map.of())).steps()).isEqualTo(1);
    }

    @Test
    void sizesThatOverflowAreRefusedBeforeAnythingIsAllocated() {
        List<InputSpec> wide = List.of(new NumbersInput("x", 1 << 20, false));
        assertThatThrownBy(() -> Memory.of(spec(wide, NodeSpec.of("wide", new Linear(1 << 20)))))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("layers[0] 'wide' (linear): more than 2^31 - 1 floats in one piece");
        List<InputSpec> many = List.of(new CategoriesInput(
                "c", List.of(new CategoryField("a", Integer.MAX_VALUE), new CategoryField("b", Integer.MAX_VALUE))));
        assertThatThrownBy(() -> Memory.of(spec(many, NodeSpec.of("embed", new Embedding(1)))))
                .hasMessage("layers[0] 'embed' (embedding): wanted at most 2^31 - 9 rows in a table, came more");
    }

    @Test
    void memoryIsKnownBeforeItIsTaken() {
        ModelSpec spec = ModelSpec.of(
                NUMBERS, List.of(NodeSpec.of("out", new Linear(1))), Task.BINARY, OptimizerSpec.adam(0.01f));
        Memory memory = Memory.of(spec);
        // 4 weights and 1 bias, each from a place divisible by 16.
        assertThat(memory.parameters()).isEqualTo(32 * 4);
        assertThat(memory.optimizer()).isEqualTo(2 * 32 * 4);
        assertThat(memory.gradients()).isEqualTo(32 * 4);
        // For 64 rows: 4 inputs, 1 output, its gradient; the rows of the mini-batch, targets and weights; each row's
        // loss and what
        // it counts for; and whether each of 4 numbers may be missing.
        assertThat(memory.buffers()).isEqualTo(64 * 4 * (4 + 1 + 1) + 64 * 4 * (4 + 2) + 64 * 4 * 2 + 4);
        assertThat(memory.sparseAtMost()).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void aSpecReadsBackFromItsText(NamedSpec named) {
        String json = Json.write(SpecWriter.tree(named.spec()));
        ModelSpec read = SpecReader.read(ModelSpec.class, Json.read(json));
        assertThat(read).isEqualTo(named.spec());
        assertThat(read.hash()).isEqualTo(named.spec().hash());
        assertThat(read.withSeed(9).hash()).isNotEqualTo(read.hash());
    }

    @Test
    void aLayersSettingsStandBesideItsName() {
        NodeSpec node = SpecReader.read(
                NodeSpec.class,
                Json.read("{\"name\": \"hidden\", \"layer\": \"linear\", \"units\": 8, \"inputs\": [\"x\"]}"));
        assertThat(node).isEqualTo(NodeSpec.of("hidden", new Linear(8), "x"));
        assertThatThrownBy(() -> SpecReader.read(
                        NodeSpec.class, Json.read("{\"name\": \"hidden\", \"layer\": \"linear\", \"unitz\": 8}")))
                .hasMessageContaining("unitz: unknown key; did you mean 'units'?");
    }

    private static void refused(List<InputSpec> inputs, String message, NodeSpec... layers) {
        assertThatThrownBy(() -> Learner.create(spec(inputs, layers)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(message);
    }

    private static ModelSpec spec(List<InputSpec> inputs, NodeSpec... layers) {
        return ModelSpec.of(inputs, List.of(layers), Task.BINARY, OptimizerSpec.sgd(0.1f));
    }
}
