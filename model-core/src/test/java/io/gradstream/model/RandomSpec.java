package io.gradstream.model;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.layers.AveragePool;
import io.gradstream.model.layers.BatchNorm;
import io.gradstream.model.layers.Bias;
import io.gradstream.model.layers.Concat;
import io.gradstream.model.layers.Conv2d;
import io.gradstream.model.layers.CrossNetwork;
import io.gradstream.model.layers.Dropout;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.FactorizationMachine;
import io.gradstream.model.layers.Fill;
import io.gradstream.model.layers.Flatten;
import io.gradstream.model.layers.Init;
import io.gradstream.model.layers.LayerNorm;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.NumberEmbedding;
import io.gradstream.model.layers.Standardise;
import io.gradstream.model.layers.Sum;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.Poisson;
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
    private final RandomSteps steps;
    private String last;

    private RandomSpec(long seed) {
        this.random = new Random(seed);
        this.steps = new RandomSteps(this, random);
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
        RandomTraining training = new RandomTraining(random);
        LossSpec loss = training.loss(task);
        if (loss instanceof Poisson) {
            // The exponential of an output must be a float.
            add(new Activation.Tanh());
        }
        add(new Linear(task == Task.MULTICLASS ? 3 : 1));
        ModelSpec spec =
                ModelSpec.of(inputs, layers, task, OptimizerSpec.sgd(1)).withLoss(loss);
        return training.with(spec).withBatchSize(batchSize()).withSeed(random.nextLong());
    }

    /** Of a single vector, batch norm has no variance. */
    private int batchSize() {
        boolean normalised = layers.stream().anyMatch(node -> node.layer() instanceof BatchNorm);
        return 1 + random.nextInt(8) + (normalised ? 1 : 0);
    }

    /** Adds a layer that reads the last one, and others; it is the last one then. */
    String add(LayerSpec layer, String... others) {
        String name = "layer-" + layers.size();
        List<String> reads = new ArrayList<>(List.of(last));
        reads.addAll(List.of(others));
        layers.add(NodeSpec.of(name, layer, reads.toArray(String[]::new)));
        last = name;
        return name;
    }

    /** The last layer, or the input. */
    String last() {
        return last;
    }

    /** 1 to 17: on both sides of what vectors hold. */
    int size() {
        return 1 + random.nextInt(17);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Missing missing() {
        return one(List.of(Missing.values()));
    }

    private void numbers(String name) {
        boolean missing = random.nextBoolean();
        inputs.add(new NumbersInput(name, size(), missing));
        if (random.nextInt(3) == 0) {
            add(new Fill(missing(), random.nextBoolean()));
        } else if (missing || random.nextInt(3) > 0) {
            add(new Standardise(10 * random.nextInt(2), missing(), random.nextBoolean()));
        }
        if (random.nextInt(3) == 0) {
            int dim = size();
            add(new NumberEmbedding(dim));
            stacked(dim);
        }
    }

    private void categories(String name) {
        List<CategoryField> fields = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            fields.add(new CategoryField("field-" + i, 1 + random.nextInt(40)));
        }
        inputs.add(new CategoriesInput(name, fields));
        int dim = size();
        Embedding.Combine how = one(List.of(Embedding.Combine.values()));
        add(new Embedding(dim, how, random.nextBoolean(), 0.3f, List.of()));
        if (how == Embedding.Combine.STACK) {
            stacked(dim);
        }
    }

    /** Makes one vector of several. */
    private void stacked(int dim) {
        add(random.nextBoolean() ? new FactorizationMachine(dim % 2 == 0 ? 2 : 1) : new Flatten());
    }

    private void sequence(String name) {
        int count = size();
        inputs.add(new SequenceInput(name, count, 1 + random.nextInt(5)));
        add(new Standardise());
        steps.over(count);
    }

    private void tokens(String name) {
        int count = size();
        inputs.add(new TokensInput(name, 1 + random.nextInt(30), count));
        add(new Embedding(size(), Embedding.Combine.CONCAT, random.nextBoolean(), 0.3f, List.of()));
        steps.over(count);
    }

    private void image(String name) {
        int height = 3 + random.nextInt(6);
        int width = 3 + random.nextInt(6);
        inputs.add(new ImageInput(name, height, width, 1 + random.nextInt(3)));
        int stride = 1 + random.nextInt(2);
        int padding = random.nextInt(3);
        List<Integer> kernel = random.nextBoolean()
                ? List.of(1 + random.nextInt(3))
                : List.of(1 + random.nextInt(3), 1 + random.nextInt(3));
        add(new Conv2d(size(), kernel, stride, padding, random.nextBoolean(), one(List.of(Init.values()))));
        int high = (height + 2 * padding - kernel.get(0)) / stride + 1;
        int wide = (width + 2 * padding - kernel.get(kernel.size() - 1)) / stride + 1;
        if (random.nextBoolean()) {
            add(new BatchNorm(0.05f + 0.9f * random.nextFloat(), 1e-5f));
        }
        int pool = 1 + random.nextInt(Math.min(3, Math.min(high, wide)));
        Optional<Integer> apart = random.nextBoolean() ? Optional.empty() : Optional.of(1 + random.nextInt(3));
        switch (random.nextInt(3)) {
            case 0 -> add(new MaxPool(pool, apart));
            case 1 -> add(new AveragePool(pool, apart));
            default -> add(activation());
        }
        add(new Flatten());
    }

    LayerSpec activation() {
        return switch (random.nextInt(9)) {
            case 0 -> new Activation.Relu();
            case 1 -> new Activation.LeakyRelu(0.1f);
            case 2 -> new Activation.Tanh();
            case 3 -> new Activation.Sigmoid();
            case 4 -> new Activation.Silu();
            case 5, 6 -> new Activation.Gelu(random.nextBoolean());
            case 7 -> new Activation.Softmax();
            default -> new Activation.LogSoftmax();
        };
    }

    private void vectors(int count) {
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(9)) {
                case 0, 1 -> add(activation());
                case 2 -> add(new Bias(0.2f));
                case 3 -> add(new LayerNorm());
                case 4 -> add(new CrossNetwork(1 + random.nextInt(2)));
                case 5 -> add(new Dropout(0.3f));
                case 6 -> add(new BatchNorm());
                case 7 -> residual();
                default -> add(new Linear(size()));
            }
        }
    }

    /** What is there, and a function of it. */
    void residual() {
        String before = last;
        add(activation());
        add(new Sum(), before);
    }
}
