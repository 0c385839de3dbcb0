package io.gradstream.model;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import java.util.List;
import java.util.Random;

/** Rows and targets for tests, drawn from a seed. */
final class Example {
    private final ModelSpec spec;
    private final Random random;
    final float[] numbers;
    final int[] ids;
    float target;
    float weight;

    Example(ModelSpec spec, long seed) {
        this.spec = spec;
        this.random = new Random(seed);
        this.numbers = new float[spec.layout().numbers()];
        this.ids = new int[spec.layout().ids()];
    }

    /** Seven numbers, of which the last three may be missing, and three categories. */
    static List<InputSpec> mixedInputs() {
        return List.of(
                new NumbersInput("dense", 4, false),
                new NumbersInput("gaps", 3, true),
                new CategoriesInput(
                        "places",
                        List.of(
                                new CategoryField("origin", 50),
                                new CategoryField("destination", 50),
                                new CategoryField("pair", 1 << 20))));
    }

    /** The next row: its target depends on the row, so that there is something to learn. */
    Example next() {
        int n = 0;
        int d = 0;
        float signal = 0;
        for (InputSpec input : spec.inputs()) {
            for (int i = 0; i < input.numbers(); i++) {
                boolean missing = input.signal().mayMiss() && random.nextInt(4) == 0;
                float value = (float) (random.nextGaussian() * 3 + 2);
                numbers[n++] = missing ? Float.NaN : value;
                signal += missing ? 0 : value - 2;
            }
            for (int i = 0; i < input.ids(); i++) {
                int range = input.idLimit(i) - input.idFloor(i);
                // Squared, so that some ids are frequent.
                double place = random.nextDouble();
                ids[d] = input.idFloor(i) + (int) (place * place * range);
                signal += ids[d++] % 3 - 1;
            }
        }
        float noisy = signal + (float) random.nextGaussian();
        target = switch (spec.task()) {
            case BINARY -> noisy > 0 ? 1 : 0;
            case MULTICLASS -> noisy > 2 ? 2 : noisy > -2 ? 1 : 0;
            case REGRESSION -> noisy;
        };
        weight = random.nextInt(5) == 0 ? 0.5f : 1;
        return this;
    }

    boolean learnBy(Learner learner) {
        return learner.learn(numbers, 0, ids, 0, target, weight);
    }

    void addTo(Batch batch) {
        batch.add(numbers, 0, ids, 0);
    }
}
