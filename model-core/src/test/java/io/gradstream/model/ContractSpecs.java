package io.gradstream.model;

import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Bias;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Fill;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import java.util.List;
import java.util.stream.Stream;

/** The models that the contract is checked on: each layer, preset, loss and optimizer is in one of them. */
final class ContractSpecs {
    private ContractSpecs() {}

    static Stream<NamedSpec> all() {
        return Stream.of(
                new NamedSpec("logistic, ftrl", logistic()),
                new NamedSpec("mlp, adam, clipped", mlp()),
                new NamedSpec("wide and deep, adagrad", wideAndDeep()),
                new NamedSpec("three classes, adamw, cosine", classes()),
                new NamedSpec("regression, momentum, l1 l2", regression()),
                new NamedSpec("activations and branches, rmsprop", branches()));
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
}
