package io.gradstream.benchmarks.peers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.Loss;
import io.gradstream.model.InputSpec;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.NodeSpec;
import io.gradstream.model.Task;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whole training steps beside libtorch, with equal shapes, plain SGD, one thread. */
final class Steps {
    private Steps() {}

    static List<Duel> mlp(long seed) {
        return List.of(mlp(64, seed), mlp(256, seed));
    }

    private static Duel mlp(int batch, long seed) {
        Random random = new Random(seed);
        float[] x = normal(random, batch * 40);
        float[] y = bits(random, batch);
        ModelSpec spec = spec(
                List.of(new InputSpec.NumbersInput("x", 40, false)),
                Task.BINARY,
                batch,
                new io.gradstream.model.layers.Linear(256),
                new io.gradstream.model.layers.Activation.Relu(),
                new io.gradstream.model.layers.Linear(128),
                new io.gradstream.model.layers.Activation.Relu(),
                new io.gradstream.model.layers.Linear(1));
        SequentialBlock block = new SequentialBlock()
                .add(linear(256))
                .add(Activation.reluBlock())
                .add(linear(128))
                .add(Activation.reluBlock())
                .add(linear(1));
        return duel(
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
        float[] x = normal(random, batch * 40);
        float[] y = bits(random, batch);
        ModelSpec spec = spec(
                List.of(new InputSpec.NumbersInput("x", 40, false)),
                Task.BINARY,
                batch,
                new io.gradstream.model.layers.Linear(1));
        SequentialBlock block = new SequentialBlock().add(linear(1));
        return List.of(duel(
                "logistic regression, 40, batch 64",
                spec,
                x,
                new int[0],
                y,
                new TorchStep(
                        block, Loss.sigmoidBinaryCrossEntropyLoss(), x, new Shape(batch, 40), y, new Shape(batch, 1))));
    }

    static Duel duel(String name, ModelSpec spec, float[] x, int[] ids, float[] y, Runnable torch) {
        return new Duel(name, y.length, new OurStep(spec, x, ids, y), torch);
    }

    /** Layers one after another, plain SGD. */
    static ModelSpec spec(List<InputSpec> inputs, Task task, int batch, LayerSpec... layers) {
        List<NodeSpec> nodes = new ArrayList<>();
        for (LayerSpec layer : layers) {
            nodes.add(NodeSpec.of("layer-" + nodes.size(), layer));
        }
        return ModelSpec.of(inputs, nodes, task, new OptimizerSpec.Sgd(0.01f, 0, false))
                .withBatchSize(batch);
    }

    static Linear linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    static float[] normal(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static float[] bits(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(2);
        }
        return values;
    }
}
