package io.gradstream.model;

import io.gradstream.model.InputSpec.CategoriesInput;
import io.gradstream.model.InputSpec.NumbersInput;
import io.gradstream.model.losses.Targets;
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

    /** A series of up to five steps of three numbers, and up to six of thirty words. */
    static List<InputSpec> sequences() {
        return List.of(new SequenceInput("series", 5, 3), new TokensInput("words", 30, 6));
    }

    /**
     * The next row: its target depends on the row, so that there is something to learn; of a sequence, on those of its steps that are
     * there.
     */
    Example next() {
        int n = 0;
        int d = 0;
        float signal = 0;
        for (InputSpec input : spec.inputs()) {
            boolean steps = input.signal().steps();
            int most = steps ? input.idLimit(input.ids() - 1) - 1 : 1;
            int length = steps ? random.nextInt(most + 1) : 1;
            for (int i = 0; i < input.numbers(); i++) {
                boolean missing = input.signal().mayMiss() && random.nextInt(4) == 0;
                float value = (float) (random.nextGaussian() * 3 + 2);
                numbers[n++] = missing ? Float.NaN : value;
                boolean silent = missing || i >= length * (input.numbers() / most);
                signal += silent ? 0 : value - 2;
            }
            int ids = input.ids() - (steps ? 1 : 0);
            for (int i = 0; i < ids; i++) {
                int range = input.idLimit(i);
                // Squared, so that some ids are frequent.
                double place = random.nextDouble();
                this.ids[d] = (int) (place * place * range);
                signal += steps && i >= length ? 0 : this.ids[d] % 3 - 1;
                d++;
            }
            if (steps) {
                this.ids[d++] = length;
            }
        }
        float noisy = signal + (float) random.nextGaussian();
        target = switch (spec.task()) {
            case BINARY -> noisy > 0 ? 1 : 0;
            case MULTICLASS -> noisy > 2 ? 2 : noisy > -2 ? 1 : 0;
            case REGRESSION -> spec.loss().targets() == Targets.NOT_NEGATIVE ? Math.max(0, noisy) : noisy;
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
