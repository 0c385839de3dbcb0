package io.gradstream.benchmarks.peers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.loss.Loss;
import io.gradstream.model.CategoryField;
import io.gradstream.model.InputSpec;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.NodeSpec;
import io.gradstream.model.Task;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Clicks: 26 categories of 16 floats each over 2^20 rows, and 13 numbers, through 256 and 128 hidden units. The peer has the hidden layers
 * only, on numbers of the same width: its embeddings are not counted.
 */
final class Clicks {
    private static final int BATCH = 256;
    private static final int BATCHES = 64;
    private static final int CATEGORIES = 26;
    private static final int BUCKETS = (1 << 20) / CATEGORIES;
    private static final int DIM = 16;
    private static final int NUMBERS = 13;
    private static final int WIDTH = NUMBERS + CATEGORIES * DIM;

    private Clicks() {}

    static List<Duel> steps(long seed) {
        Random random = new Random(seed);
        int rows = BATCH * BATCHES;
        float[] x = DuelParts.normal(random, rows * NUMBERS);
        int[] ids = new int[rows * CATEGORIES];
        for (int i = 0; i < ids.length; i++) {
            // Few ids are frequent, as in clicks.
            ids[i] = (int) (BUCKETS * Math.pow(random.nextDouble(), 3));
        }
        float[] y = DuelParts.bits(random, rows);
        float[] wide = DuelParts.normal(random, BATCH * WIDTH);
        SequentialBlock block = new SequentialBlock()
                .add(DuelParts.linear(256))
                .add(Activation.reluBlock())
                .add(DuelParts.linear(128))
                .add(Activation.reluBlock())
                .add(DuelParts.linear(1));
        float[] labels = DuelParts.bits(random, BATCH);
        TorchStep peer = new TorchStep(
                block,
                Loss.sigmoidBinaryCrossEntropyLoss(),
                wide,
                new Shape(BATCH, WIDTH),
                labels,
                new Shape(BATCH, 1));
        OurStep ours = new OurStep(spec(), x, ids, y);
        Runnable peerOfAsMany = () -> {
            for (int i = 0; i < BATCHES; i++) {
                peer.run();
            }
        };
        return List.of(new Duel("clicks, batch 256; peer: MLP only", rows, ours, peerOfAsMany));
    }

    private static ModelSpec spec() {
        List<CategoryField> fields = new ArrayList<>();
        for (int i = 0; i < CATEGORIES; i++) {
            fields.add(new CategoryField("c" + i, BUCKETS));
        }
        List<InputSpec> inputs = List.of(
                new InputSpec.NumbersInput("numbers", NUMBERS, false), new InputSpec.CategoriesInput("ids", fields));
        List<NodeSpec> layers = List.of(
                NodeSpec.of("embedded", new Embedding(DIM), "ids"),
                NodeSpec.of("joined", new Concat(), "numbers", "embedded"),
                NodeSpec.of("hidden-1", new Linear(256)),
                NodeSpec.of("relu-1", new io.gradstream.model.layers.Activation.Relu()),
                NodeSpec.of("hidden-2", new Linear(128)),
                NodeSpec.of("relu-2", new io.gradstream.model.layers.Activation.Relu()),
                NodeSpec.of("logit", new Linear(1)));
        return ModelSpec.of(inputs, layers, Task.BINARY, new OptimizerSpec.Sgd(0.01f, 0, false))
                .withBatchSize(BATCH);
    }
}
