package io.gradstream.benchmarks.data;

import io.gradstream.model.ModelSpec;
import io.gradstream.model.NodeSpec;
import io.gradstream.model.Presets;
import io.gradstream.model.Task;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.HiddenActivation;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.NormPlace;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.List;
import java.util.Random;

/** The models and their settings, and what they came to. */
final class Models {
    private static final int IRIS_LEARNED = 120;
    private static final int IRIS_EPOCHS = 100;
    private static final int VOWEL_EPOCHS = 40;
    private static final int SPEAKERS = 9;
    private static final int KINDS = 10;

    private Models() {}

    /** 120 flowers, 100 times; how many of the 30 others it knows. */
    static Figure iris(Rows rows, long seed) {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("hidden-1", new Linear(64, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("relu-1", new Activation.Relu()),
                NodeSpec.of("hidden-2", new Linear(64, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("relu-2", new Activation.Relu()),
                NodeSpec.of("logits", new Linear(3)));
        ModelSpec spec = ModelSpec.of(rows.inputs(), layers, Task.MULTICLASS, OptimizerSpec.adam(0.001f))
                .withBatchSize(16)
                .withSeed(seed);
        int[] order = Rows.shuffled(rows.size(), new Random(seed));
        Training training = new Training(spec);
        training.epochs(rows.select(order, 0, IRIS_LEARNED), IRIS_EPOCHS, seed);
        int right = training.right(rows.select(order, IRIS_LEARNED, rows.size()));
        return new Figure("right of 30 held out; MLP 64-64-3, Adam 0.001, mini-batches of 16, 100 epochs", right, 29);
    }

    /** Each digit scored, then learned, once. */
    static Figure digits(Rows rows, long seed) {
        List<NodeSpec> layers = List.of(
                NodeSpec.of("standardised", new Standardise()),
                NodeSpec.of("conv-1", new Conv2d(32, List.of(3), 1, 1, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("relu-1", new Activation.Relu()),
                NodeSpec.of("conv-2", new Conv2d(64, List.of(3), 1, 1, true, Init.KAIMING_UNIFORM)),
                NodeSpec.of("relu-2", new Activation.Relu()),
                NodeSpec.of("pool", new MaxPool(2)),
                NodeSpec.of("flat", new Flatten()),
                NodeSpec.of("logits", new Linear(KINDS)));
        ModelSpec spec = ModelSpec.of(rows.inputs(), layers, Task.MULTICLASS, OptimizerSpec.adagrad(0.02f))
                .withBatchSize(2)
                .withSeed(seed);
        return new Figure(
                "prequential accuracy; conv 32, conv 64, pool; Adagrad 0.02, mini-batches of 2",
                new Training(spec).prequential(rows),
                0.93);
    }

    /** Each image scored, then learned, once. */
    static Figure fashion(Rows rows, long seed) {
        List<NodeSpec> layers = Presets.cnn(rows.inputs(), KINDS, List.of(32, 64), 3, List.of(), 1, 0);
        ModelSpec spec = ModelSpec.of(rows.inputs(), layers, Task.MULTICLASS, OptimizerSpec.adagrad(0.01f))
                .withBatchSize(4)
                .withSeed(seed);
        return new Figure(
                "prequential accuracy; preset cnn, channels [32, 64], hidden []; Adagrad 0.01, mini-batches of 4",
                new Training(spec).prequential(rows),
                0.80);
    }

    static Figure vowelsLstm(Rows train, Rows test, long seed) {
        List<NodeSpec> layers = Presets.lstm(train.inputs(), SPEAKERS, 64, 1, true, List.of(), 1, 0.3f);
        return vowels(layers, "preset lstm, units 64, bidirectional, dropout 0.3", train, test, seed);
    }

    static Figure vowelsTransformer(Rows train, Rows test, long seed) {
        TransformerEncoder blocks =
                new TransformerEncoder(2, 4, 128, HiddenActivation.RELU, NormPlace.PRE, 0.1f, false);
        List<NodeSpec> layers = Presets.transformer(train.inputs(), SPEAKERS, 64, blocks, List.of(), 1, 0.1f);
        return vowels(layers, "preset transformer, width 64, dropout 0.1", train, test, seed);
    }

    private static Figure vowels(List<NodeSpec> layers, String model, Rows train, Rows test, long seed) {
        ModelSpec spec = ModelSpec.of(train.inputs(), layers, Task.MULTICLASS, OptimizerSpec.adam(0.002f))
                .withBatchSize(16)
                .withSeed(seed);
        Training training = new Training(spec);
        training.epochs(train, VOWEL_EPOCHS, seed);
        return new Figure(
                "accuracy on TEST; " + model + "; Adam 0.002, " + VOWEL_EPOCHS + " epochs of TRAIN",
                (double) training.right(test) / test.size(),
                0.95);
    }
}
