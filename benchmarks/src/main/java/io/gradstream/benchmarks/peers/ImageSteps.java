package io.gradstream.benchmarks.peers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.loss.Loss;
import io.gradstream.model.ImageInput;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Task;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.MaxPool;
import java.util.List;
import java.util.Random;

/** Whole training steps over images beside libtorch. */
final class ImageSteps {
    private static final int BATCH = 32;
    private static final int SIDE = 28;
    private static final int CLASSES = 10;

    private ImageSteps() {}

    static List<Duel> cnn(long seed) {
        Random random = new Random(seed);
        float[] x = DuelParts.normal(random, BATCH * SIDE * SIDE);
        float[] y = new float[BATCH];
        for (int i = 0; i < BATCH; i++) {
            y[i] = random.nextInt(CLASSES);
        }
        ModelSpec spec = DuelParts.spec(
                List.of(new ImageInput("x", SIDE, SIDE, 1)),
                Task.MULTICLASS,
                BATCH,
                new io.gradstream.model.layers.Conv2d(32, 3, 1),
                new io.gradstream.model.layers.Activation.Relu(),
                new MaxPool(2),
                new io.gradstream.model.layers.Conv2d(64, 3, 1),
                new io.gradstream.model.layers.Activation.Relu(),
                new MaxPool(2),
                new Flatten(),
                new Linear(CLASSES));
        SequentialBlock block = new SequentialBlock()
                .add(convolution(32))
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(convolution(64))
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(DuelParts.linear(CLASSES));
        return List.of(DuelParts.duel(
                "CNN 28x28, 32, 64, fc 10, batch 32",
                spec,
                x,
                new int[0],
                y,
                new TorchStep(
                        block,
                        Loss.softmaxCrossEntropyLoss(),
                        x,
                        new Shape(BATCH, 1, SIDE, SIDE),
                        y,
                        new Shape(BATCH, 1))));
    }

    private static Conv2d convolution(int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(filters)
                .optPadding(new Shape(1, 1))
                .build();
    }
}
