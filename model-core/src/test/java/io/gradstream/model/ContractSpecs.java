package io.gradstream.model;

import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.Bias;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Fill;
import io.gradstream.model.layers.Gru;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Positions;
import io.gradstream.model.layers.RecurrentOutputs;
import io.gradstream.model.layers.Rnn;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.layers.TransformerDecoder;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The models that the contract is checked on: each layer, preset, loss and optimizer is in one of them. */
final class ContractSpecs {
    private ContractSpecs() {}

    static Stream<NamedSpec> all() {
        return Stream.concat(basic(), MoreSpecs.all());
    }

    /** A model of each preset, by the name of its method. */
    static Map<String, ModelSpec> presets() {
        return Map.of(
                "logistic", logistic(),
                "mlp", mlp(),
                "wideAndDeep", wideAndDeep(),
                "fm", MoreSpecs.fm(),
                "deepFm", MoreSpecs.deepFm(),
                "dcn", MoreSpecs.dcn(),
                "cnn", MoreSpecs.cnn(),
                "lstm", MoreSpecs.lstm(),
                "gru", MoreSpecs.gru(),
                "transformer", MoreSpecs.transformer());
    }

    private static Stream<NamedSpec> basic() {
        return Stream.of(
                new NamedSpec("logistic, ftrl", logistic()),
                new NamedSpec("mlp, adam, clipped", mlp()),
                new NamedSpec("wide and deep, adagrad", wideAndDeep()),
                new NamedSpec("three classes, adamw, cosine", classes()),
                new NamedSpec("regression, momentum, l1 l2", regression()),
                new NamedSpec("activations and branches, rmsprop", branches()),
                new NamedSpec("recurrent layers, adam", recurrent()),
                new NamedSpec("transformer encoder, adamw", encoder()),
                new NamedSpec("transformer decoder and attention, adam", decoder()));
    }

    static ModelSpec logistic() {
        List<InputSpec> inputs = Example.mixedInputs();
        return ModelSpec.of(
                        inputs, Presets.logistic(inputs, 1), Task.BINARY, new OptimizerSpec.Ftrl(0.1f, 1, 0.1f, 0.1f))
                .withBatchSize(10);
    }

    static ModelSpec mlp() {
        List<InputSpec> inputs = Example.mixedInputs();
        List<NodeSpec> layers = Presets.mlp(inputs, 1, List.of(16, 8), 4, 0.1f);
        return ModelSpec.of(inputs, layers, Task.BINARY, new OptimizerSpec.Adam(0.01f, 0.9f, 0.999f, 1e-8f))
                .withClipping(new Clipping(1, 0.5f))
                .withBatchSize(16);
    }

    static ModelSpec wideAndDeep() {
        List<InputSpec> inputs = Example.mixedInputs();
        List<NodeSpec> layers = Presets.wideAndDeep(inputs, 1, List.of(12), 3, 0);
        return ModelSpec.of(inputs, layers, Task.BINARY, new OptimizerSpec.Adagrad(0.1f, 1e-10f))
                .withSchedule(new ScheduleSpec.Warmup(5))
                .withBatchSize(33);
    }

    static ModelSpec classes() {
        List<InputSpec> inputs = Example.mixedInputs();
        List<NodeSpec> layers = Presets.mlp(inputs, 3, List.of(17), 5, 0.2f);
        return ModelSpec.of(inputs, layers, Task.MULTICLASS, new OptimizerSpec.AdamW(0.02f, 0.9f, 0.999f, 1e-8f, 0.01f))
                .withSchedule(new ScheduleSpec.Cosine(3, 400, 0.1f))
                .withBatchSize(7);
    }

    static ModelSpec regression() {
        List<InputSpec> inputs = Example.mixedInputs();
        List<NodeSpec> layers = Presets.wideAndDeep(inputs, 1, List.of(8), 2, 0);
        return ModelSpec.of(inputs, layers, Task.REGRESSION, new OptimizerSpec.Sgd(0.003f, 0.9f, true))
                .withRegularisation(new Regularisation(0.001f, 0.001f))
                .withSchedule(new ScheduleSpec.Step(100, 0.9f))
                .withBatchSize(20);
    }

    /** Layers that no preset has: learned defaults, fill, dense and summed embeddings, all activations, a residual, a shared layer. */
    static ModelSpec branches() {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("filled", new Fill(Missing.LEARNED, true), "gaps"),
                NodeSpec.of("scaled", new Standardise(5, Missing.LEARNED, true), "gaps"),
                NodeSpec.of("dense-scaled", new Standardise(), "dense"),
                NodeSpec.of(
                        "small",
                        new Embedding(4, Embedding.Combine.SUM, false, 0.1f, List.of("origin", "destination")),
                        "places"),
                NodeSpec.of("large", new Embedding(4, Embedding.Combine.CONCAT, true, 0.1f, List.of("pair")), "places"),
                NodeSpec.of("parts", new Concat(), "filled", "scaled", "dense-scaled", "small", "large"),
                NodeSpec.of("first", new Linear(10), "parts"),
                NodeSpec.of("gelu", new Activation.Gelu(false)),
                NodeSpec.of("tanh", new Activation.Tanh()),
                NodeSpec.of("second", new Linear(10)),
                NodeSpec.of("silu", new Activation.Silu()),
                NodeSpec.of("residual", new Sum(), "silu", "first"),
                NodeSpec.of("dropped", new Dropout(0.1f)),
                NodeSpec.of("leaky", new Activation.LeakyRelu(0.1f)),
                NodeSpec.of("sigmoid", new Activation.Sigmoid(), "residual"),
                NodeSpec.of("approximate", new Activation.Gelu(true), "residual"),
                NodeSpec.of("joined", new Concat(), "leaky", "sigmoid", "approximate"),
                NodeSpec.of("biased", new Bias(0.1f)),
                NodeSpec.of("logit", new Linear(1)));
        return ModelSpec.of(Example.mixedInputs(), layers, Task.BINARY, new OptimizerSpec.RmsProp(0.003f, 0.99f, 1e-8f))
                .withSchedule(new ScheduleSpec.InverseSqrt(10))
                .withBatchSize(25);
    }

    /** All recurrent layers, one over the other, and what pools the steps of a series. */
    static ModelSpec recurrent() {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("scaled", new Standardise()),
                NodeSpec.of("lstm", new Lstm(6, 2, true, RecurrentOutputs.ALL)),
                NodeSpec.of("gru", new Gru(5, 1, true, RecurrentOutputs.ALL)),
                NodeSpec.of("rnn", new Rnn(14)),
                NodeSpec.of("first-gru", new Gru(4), "scaled"),
                NodeSpec.of("first-lstm", new Lstm(4), "scaled"),
                NodeSpec.of("largest", new Pool(Pool.How.MAX), "gru"),
                NodeSpec.of("parts", new Concat(), "rnn", "first-gru", "first-lstm", "largest"),
                NodeSpec.of("logits", new Linear(3)));
        List<InputSpec> inputs = List.of(Example.sequences().get(0));
        return ModelSpec.of(inputs, layers, Task.MULTICLASS, new OptimizerSpec.Adam(0.01f, 0.9f, 0.999f, 1e-8f))
                .withBatchSize(15);
    }

    static ModelSpec encoder() {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("words-embedded", new Embedding(8)),
                NodeSpec.of("placed", new Positions()),
                NodeSpec.of(
                        "blocks", new TransformerEncoder(2, 2, 12, HiddenActivation.GELU, NormPlace.PRE, 0.1f, false)),
                NodeSpec.of("norm", new LayerNorm()),
                NodeSpec.of("pooled", new Pool(Pool.How.ATTENTION)),
                NodeSpec.of("logits", new Linear(3)));
        List<InputSpec> inputs = List.of(Example.sequences().get(1));
        return ModelSpec.of(inputs, layers, Task.MULTICLASS, new OptimizerSpec.AdamW(0.01f, 0.9f, 0.999f, 1e-8f, 0.01f))
                .withBatchSize(12);
    }

    /** Words that look at a series. */
    static ModelSpec decoder() {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("embedded", new Embedding(8, Embedding.Combine.CONCAT, false, 0.3f, List.of()), "words"),
                NodeSpec.of("placed", new Positions(Positions.Vectors.LEARNED)),
                NodeSpec.of("looked", new Attention(2, true, Optional.of(0.2f))),
                NodeSpec.of("target", new Sum(), "placed", "looked"),
                NodeSpec.of("scaled", new Standardise(), "series"),
                NodeSpec.of("memory", new Linear(8)),
                NodeSpec.of(
                        "blocks",
                        new TransformerDecoder(1, 4, 9, HiddenActivation.RELU, NormPlace.POST, 0, true),
                        "target",
                        "memory"),
                NodeSpec.of("mean", new Pool(), "blocks"),
                NodeSpec.of("last", new Pool(Pool.How.LAST), "blocks"),
                NodeSpec.of("history", new Pool(Pool.How.ATTENTION), "memory", "mean"),
                NodeSpec.of("parts", new Concat(), "mean", "last", "history"),
                NodeSpec.of("value", new Linear(1)));
        return ModelSpec.of(
                        Example.sequences(),
                        layers,
                        Task.REGRESSION,
                        new OptimizerSpec.Adam(0.01f, 0.9f, 0.999f, 1e-8f))
                .withBatchSize(14);
    }
}
