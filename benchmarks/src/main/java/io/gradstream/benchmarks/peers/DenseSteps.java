package io.gradstream.benchmarks.peers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.loss.Loss;
import io.gradstream.model.InputSpec;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Task;
import java.util.List;
import java.util.Random;

/** Training steps of a linear model and of an MLP beside libtorch, with equal shapes, plain SGD, one thread. */
final class DenseSteps {
    private DenseSteps() {}

    static List<Duel> mlp(long seed) {
        return List.of(mlp(64, seed), mlp(256, seed));
    }

    private static Duel mlp(int batch, long seed) {
        Random random = new Random(seed);
        float[] x = DuelParts.normal(random, batch * 40);
        float[] y = DuelParts.bits(random, batch);
        ModelSpec spec = DuelParts.spec(
                List.of(new InputSpec.NumbersInput("x", 40, false)),
                Task.BINARY,
                batch,
                new io.gradstream.model.layers.Linear(256),
                new io.gradstream.model.layers.Activation.Relu(),
                new io.gradstream.model.layers.Linear(128),
                new io.gradstream.model.layers.Activation.Relu(),
                new io.gradstream.model.layers.Linear(1));
        SequentialBlock block = new SequentialBlock()
                .add(DuelParts.linear(256))
                .add(Activation.reluBlock())
                .add(DuelParts.linear(128))
                .add(Activation.reluBlock())
                .add(DuelParts.linear(1));
        return DuelParts.duel(
                "MLP 40-256-128-1, batch " + batch,
                spec,
                x,
                new int[0],
                y,
                new TorchStep(
                        block, Loss.sigmoidBinaryCrossEntropyLoss(), x, new Shape(batch, 40), y, new Shape(batch, 1)));
    }

    static List<Duel> logistic(long seed) {
        Random random = new Random(seed);
        int batch = 64;
        float[] x = DuelParts.normal(random, batch * 40);
        float[] y = DuelParts.bits(random, batch);
        ModelSpec spec = DuelParts.spec(
                List.of(new InputSpec.NumbersInput("x", 40, false)),
                Task.BINARY,
                batch,
                new io.gradstream.model.layers.Linear(1));
        SequentialBlock block = new SequentialBlock().add(DuelParts.linear(1));
        return List.of(DuelParts.duel(
                "logistic regression, 40, batch 64",
                spec,
                x,
                new int[0],
                y,
                new TorchStep(
                        block, Loss.sigmoidBinaryCrossEntropyLoss(), x, new Shape(batch, 40), y, new Shape(batch, 1))));
    }
}
