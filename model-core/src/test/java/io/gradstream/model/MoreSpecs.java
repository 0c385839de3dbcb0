package io.gradstream.model;

import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.AveragePool;
import io.gradstream.model.layers.BatchNorm;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Conv1d;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.Focal;
import io.gradstream.model.losses.Hinge;
import io.gradstream.model.losses.Huber;
import io.gradstream.model.losses.MeanAbsoluteError;
import io.gradstream.model.losses.Poisson;
import io.gradstream.model.losses.Quantile;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Models over images, crossed features and bags, with the losses that no other spec has. */
final class MoreSpecs {
    private MoreSpecs() {}

    static Stream<NamedSpec> all() {
        return Stream.of(
                new NamedSpec("cnn, smoothed and weighted classes", cnn()),
                new NamedSpec("strided convolution, average pool, mean absolute error", image()),
                new NamedSpec("convolution of sequences, batch norm, huber", sequence()),
                new NamedSpec("bag of tokens, poisson", bag()),
                new NamedSpec("fm, three classes", fm()),
                new NamedSpec("deepfm, focal", deepFm()),
                new NamedSpec("dcn, hinge", dcn()),
                new NamedSpec("mlp, quantile", quantile()),
                new NamedSpec("logistic, positive weight", positiveWeight()),
                new NamedSpec("lstm preset, mean squared error", lstm()),
                new NamedSpec("gru preset, plain descent", gru()),
                new NamedSpec("transformer preset, three classes", transformer()));
    }

    static ModelSpec cnn() {
        List<InputSpec> inputs = List.of(new ImageInput("image", 9, 8, 2), new NumbersInput("dense", 4, false));
        List<NodeSpec> layers = Presets.cnn(inputs, 3, List.of(5, 9), 3, List.of(8), 1, 0.1f);
        return ModelSpec.of(inputs, layers, Task.MULTICLASS, OptimizerSpec.adam(0.005f))
                .withLoss(new CrossEntropy(Optional.of(0.1f), Optional.of(List.of(1f, 2f, 0.5f))))
                .withBatchSize(12);
    }

    static ModelSpec image() {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("conv", new Conv2d(3, List.of(3, 2), 2, 1, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("norm", new BatchNorm()),
                NodeSpec.of("pool", new AveragePool(2, Optional.of(1))),
                NodeSpec.of("flat", new Flatten(), "pool"),
                NodeSpec.of("weights", new Activation.Softmax()),
                NodeSpec.of("logarithms", new Activation.LogSoftmax(), "flat"),
                NodeSpec.of("all", new Concat(), "flat", "weights", "logarithms"),
                NodeSpec.of("out", new Linear(1)));
        return ModelSpec.of(
                        List.of(new ImageInput("image", 6, 5, 1)), layers, Task.REGRESSION, OptimizerSpec.adam(0.05f))
                .withLoss(new MeanAbsoluteError())
                .withBatchSize(20);
    }

    static ModelSpec sequence() {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("conv", new Conv1d(6, 3, 2, 1), "steps"),
                NodeSpec.of("norm", new BatchNorm(0.05f, 1e-5f)),
                NodeSpec.of("relu", new Activation.Relu()),
                NodeSpec.of("flat", new Flatten()),
                NodeSpec.of("all", new Concat(), "flat", "dense"),
                NodeSpec.of("out", new Linear(1)));
        List<InputSpec> inputs = List.of(new SequenceInput("steps", 7, 2), new NumbersInput("dense", 4, false));
        return ModelSpec.of(inputs, layers, Task.REGRESSION, OptimizerSpec.adam(0.05f))
                .withLoss(new Huber(2))
                .withBatchSize(16);
    }

    static ModelSpec bag() {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("sums", new Embedding(3, Embedding.Combine.SUM, true, 0.1f, List.of()), "words"),
                NodeSpec.of("means", new Embedding(5, Embedding.Combine.MEAN, false, 0.1f, List.of()), "words"),
                NodeSpec.of("both", new Concat(), "sums", "means"),
                NodeSpec.of("out", new Linear(1)));
        return ModelSpec.of(
                        List.of(new TokensInput("words", 30, 6)), layers, Task.REGRESSION, OptimizerSpec.adam(0.02f))
                .withLoss(new Poisson())
                .withBatchSize(9);
    }

    static ModelSpec fm() {
        List<InputSpec> inputs = Example.mixedInputs();
        return ModelSpec.of(
                        inputs,
                        Presets.fm(inputs, inputs, 3, 4),
                        Task.MULTICLASS,
                        new OptimizerSpec.Adagrad(0.05f, 1e-10f))
                .withBatchSize(11);
    }

    static ModelSpec deepFm() {
        List<InputSpec> inputs = Example.mixedInputs();
        List<NodeSpec> layers = Presets.deepFm(inputs, inputs, 1, List.of(12), 4, 0.1f);
        return ModelSpec.of(inputs, layers, Task.BINARY, OptimizerSpec.adam(0.005f))
                .withLoss(new Focal(1.5f, Optional.of(0.4f)))
                .withBatchSize(20);
    }

    static ModelSpec dcn() {
        List<InputSpec> inputs = Example.mixedInputs();
        List<NodeSpec> layers = Presets.dcn(inputs, 1, 2, List.of(10), 3, 0);
        return ModelSpec.of(inputs, layers, Task.BINARY, OptimizerSpec.adam(0.005f))
                .withLoss(new Hinge())
                .withBatchSize(15);
    }

    static ModelSpec quantile() {
        List<InputSpec> inputs = Example.mixedInputs();
        return ModelSpec.of(
                        inputs, Presets.mlp(inputs, 1, List.of(9), 2, 0), Task.REGRESSION, OptimizerSpec.adam(0.01f))
                .withLoss(new Quantile(0.8f))
                .withBatchSize(8);
    }

    static ModelSpec positiveWeight() {
        List<InputSpec> inputs = Example.mixedInputs();
        return ModelSpec.of(inputs, Presets.logistic(inputs, 1), Task.BINARY, OptimizerSpec.adam(0.01f))
                .withLoss(new BinaryCrossEntropy(Optional.of(2.5f)))
                .withBatchSize(13);
    }

    /** A sequence beside numbers and categories. */
    private static List<InputSpec> besideMixed(InputSpec sequence) {
        return Stream.concat(Stream.of(sequence), Example.mixedInputs().stream())
                .toList();
    }

    static ModelSpec lstm() {
        List<InputSpec> inputs = besideMixed(Example.sequences().get(0));
        return ModelSpec.of(
                        inputs,
                        Presets.lstm(inputs, 1, 6, 1, true, List.of(7), 3, 0.1f),
                        Task.REGRESSION,
                        OptimizerSpec.adam(0.01f))
                .withBatchSize(10);
    }

    static ModelSpec gru() {
        List<InputSpec> inputs = List.of(Example.sequences().get(1));
        return ModelSpec.of(
                        inputs,
                        Presets.gru(inputs, 1, 5, 1, false, List.of(), 4, 0),
                        Task.BINARY,
                        OptimizerSpec.sgd(0.3f))
                .withBatchSize(6);
    }

    static ModelSpec transformer() {
        List<InputSpec> inputs = besideMixed(Example.sequences().get(1));
        TransformerEncoder blocks = new TransformerEncoder(1, 2, 11, HiddenActivation.RELU, NormPlace.PRE, 0.1f, false);
        return ModelSpec.of(
                        inputs,
                        Presets.transformer(inputs, 3, 6, blocks, List.of(9), 2, 0.1f),
                        Task.MULTICLASS,
                        OptimizerSpec.adam(0.01f))
                .withBatchSize(9);
    }
}
