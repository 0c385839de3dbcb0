package io.gradstream.model;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.layers.Activation;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A stream in which one of four examples or so is positive, and about as much can be known of each as of a flight's delay; and how well it is served. */
final class GuardedStream {
    static final List<InputSpec> INPUTS = List.of(
            new NumbersInput("numbers", 4, false),
            new CategoriesInput(
                    "places", List.of(new CategoryField("origin", 40), new CategoryField("pair", 1 << 18))));

    private final Random random;
    final float[] numbers = new float[4];
    final int[] ids = new int[2];
    float target;
    private int hits;
    private final int[] came = new int[2];

    GuardedStream(long seed) {
        random = new Random(seed);
    }

    static ModelSpec wideAndDeep(OptimizerSpec optimizer) {
        List<NodeSpec> layers = Presets.wideAndDeep(INPUTS, 1, List.of(16), 4, 0);
        return ModelSpec.of(INPUTS, layers, Task.BINARY, optimizer).withBatchSize(32);
    }

    /** The same, but a first layer writes over the numbers that it reads. */
    static ModelSpec bent(OptimizerSpec optimizer) {
        List<NodeSpec> layers = new ArrayList<>();
        layers.add(NodeSpec.of("bent", new Activation.Tanh(), "numbers"));
        for (NodeSpec node : Presets.wideAndDeep(INPUTS, 1, List.of(16), 4, 0)) {
            String[] from = node.inputs().stream()
                    .map(name -> name.equals("numbers") ? "bent" : name)
                    .toArray(String[]::new);
            layers.add(NodeSpec.of(node.name(), node.layer(), from));
        }
        return ModelSpec.of(INPUTS, layers, Task.BINARY, optimizer).withBatchSize(32);
    }

    /** The next example; flipped: with the other outcome. */
    GuardedStream next(boolean flipped) {
        double signal = -1.6;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
            signal += (i - 1) * 0.35 * numbers[i];
        }
        ids[0] = random.nextInt(40);
        ids[1] = ids[0] * 5000 + random.nextInt(50);
        signal += ids[0] % 3 == 0 ? 0.7 : 0;
        boolean positive = random.nextDouble() < 1 / (1 + Math.exp(-signal));
        target = positive != flipped ? 1 : 0;
        return this;
    }

    /** Has the learner score and learn so many examples; the hits of its scores are counted. */
    GuardedStream serve(Learner learner, int examples, boolean flipped) {
        Batch batch = new Batch(learner.layout(), 1);
        float[] score = new float[1];
        for (int i = 0; i < examples; i++) {
            next(flipped);
            batch.clear();
            batch.add(numbers, 0, ids, 0);
            learner.score(batch, score);
            hits += score[0] >= 0.5f == (target == 1) ? 1 : 0;
            came[(int) target]++;
            learner.learn(numbers, 0, ids, 0, target, 1);
        }
        return this;
    }

    /** Of the scores served so far, a score that is no number being none that hits. */
    double accuracy() {
        return (double) hits / (came[0] + came[1]);
    }

    /** Of the class that came most often. */
    double majority() {
        return (double) Math.max(came[0], came[1]) / (came[0] + came[1]);
    }
}
