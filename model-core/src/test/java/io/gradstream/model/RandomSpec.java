package io.gradstream.model;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.AveragePool;
import io.gradstream.model.layers.BatchNorm;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Conv1d;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.CrossNetwork;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Gru;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.Pool;
import io.gradstream.model.layers.Positions;
import io.gradstream.model.layers.RecurrentOutputs;
import io.gradstream.model.layers.Rnn;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.TransformerEncoder;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A stack of layers over each of a few inputs, joined, all of awkward sizes: drawn from a seed, and always one that fits. */
final class RandomSpec {
    private final Random random;
    private final List<InputSpec> inputs = new ArrayList<>();
    private final List<NodeSpec> layers = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private String last;

    private RandomSpec(long seed) {
        this.random = new Random(seed);
    }

    static ModelSpec of(long seed) {
        return new RandomSpec(seed).spec();
    }

    private ModelSpec spec() {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String name = "input-" + i;
            last = name;
            switch (random.nextInt(5)) {
                case 0 -> numbers(name);
                case 1 -> categories(name);
                case 2 -> sequence(name);
                case 3 -> tokens(name);
                default -> image(name);
            }
            ends.add(last);
        }
        layers.add(NodeSpec.of("joined", new Concat(), ends.toArray(String[]::new)));
        last = "joined";
        vectors(random.nextInt(4));
        Task task = Task.values()[random.nextInt(Task.values().length)];
        add(new Linear(task == Task.MULTICLASS ? 3 : 1));
        return ModelSpec.of(inputs, layers, task, optimizer())
                .withBatchSize(1 + random.nextInt(9))
                .withSeed(random.nextLong());
    }

    private OptimizerSpec optimizer() {
        return switch (random.nextInt(4)) {
            case 0 -> OptimizerSpec.adam(0.001f);
            case 1 -> OptimizerSpec.adagrad(0.01f);
            case 2 -> OptimizerSpec.sgd(0.001f);
            default -> OptimizerSpec.adamW(0.001f, 0.01f);
        };
    }

    private void add(LayerSpec layer) {
        String name = "layer-" + layers.size();
        layers.add(NodeSpec.of(name, layer, last));
        last = name;
    }

    /** 1 to 17: on both sides of what vectors hold. */
    private int size() {
        return 1 + random.nextInt(17);
    }

    private void numbers(String name) {
        boolean missing = random.nextBoolean();
        inputs.add(new NumbersInput(name, size(), missing));
        add(new Standardise(10, random.nextBoolean() ? Missing.ZERO : Missing.LEARNED, random.nextBoolean()));
    }

    private void categories(String name) {
        List<CategoryField> fields = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            fields.add(new CategoryField("field-" + i, 1 + random.nextInt(40)));
        }
        inputs.add(new CategoriesInput(name, fields));
        Embedding.Combine[] ways = {Embedding.Combine.CONCAT, Embedding.Combine.SUM, Embedding.Combine.MEAN};
        add(new Embedding(size(), ways[random.nextInt(3)], random.nextBoolean(), 0.3f, List.of()));
    }

    private void sequence(String name) {
        inputs.add(new SequenceInput(name, size(), 1 + random.nextInt(5)));
        add(new Standardise());
        steps();
    }

    private void tokens(String name) {
        inputs.add(new TokensInput(name, 1 + random.nextInt(30), size()));
        add(new Embedding(size(), Embedding.Combine.CONCAT, random.nextBoolean(), 0.3f, List.of()));
        steps();
    }

    /** Layers over steps, and one that makes a vector of them. */
    private void steps() {
        int heads = 1 + random.nextInt(3);
        boolean ready = random.nextBoolean();
        add(new Linear(ready ? 2 * heads : size()));
        for (int i = random.nextInt(3); i > 0; i--) {
            switch (random.nextInt(ready ? 7 : 5)) {
                case 0 -> add(new Positions());
                case 1 -> add(new LayerNorm());
                case 2 -> add(new Conv1d(2 * heads, 3, 1, 1));
                case 3 -> add(new Gru(2 * heads, 1, false, RecurrentOutputs.ALL));
                case 4 -> add(new Dropout(0.2f));
                case 5 -> add(new Attention(heads, random.nextBoolean(), Optional.of(random.nextInt(3) * 0.1f)));
                default -> add(new TransformerEncoder(1, heads, size()));
            }
        }
        switch (random.nextInt(4)) {
            case 0 -> add(new Pool(Pool.How.values()[random.nextInt(Pool.How.values().length)]));
            case 1 -> add(new Lstm(size(), 1, random.nextBoolean(), RecurrentOutputs.LAST));
            case 2 -> add(new Rnn(size()));
            default -> add(new Flatten());
        }
    }

    private void image(String name) {
        int height = 3 + random.nextInt(6);
        int width = 3 + random.nextInt(6);
        inputs.add(new ImageInput(name, height, width, 1 + random.nextInt(3)));
        add(new Conv2d(size(), List.of(1 + random.nextInt(3)), 1, 1, random.nextBoolean(), Init.KAIMING_UNIFORM));
        if (random.nextBoolean()) {
            add(new BatchNorm());
        }
        switch (random.nextInt(3)) {
            case 0 -> add(new MaxPool(2));
            case 1 -> add(new AveragePool(3));
            default -> add(new Activation.LeakyRelu(0.1f));
        }
        add(new Flatten());
    }

    private void vectors(int count) {
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(8)) {
                case 0 -> add(new Activation.Relu());
                case 1 -> add(new Activation.Tanh());
                case 2 -> add(new Activation.Gelu(random.nextBoolean()));
                case 3 -> add(new Activation.Softmax());
                case 4 -> add(new LayerNorm());
                case 5 -> add(new CrossNetwork(1 + random.nextInt(2)));
                case 6 -> add(new Dropout(0.3f));
                default -> add(new Linear(size()));
            }
        }
    }
}
