package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every model keeps to, on models that nobody thought of. A failure names its seed, and {@link RandomSpec#of} gives its spec. */
class FuzzTest {
    private static final int SEEDS = 300;
    private static final int ROWS = 13;

    @Test
    void randomModelsKeepTheContract() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                check(RandomSpec.of(seed), seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + RandomSpec.of(seed), e);
            }
        }
    }

    private static void check(ModelSpec spec, long seed) throws Exception {
        Learner learner = learned(spec);
        assertThat(bits(learner)).as("same seed, same bits").isEqualTo(bits(learned(spec)));
        rowsAloneAndTogether(learner);
        Learner restored = Learner.read(learner.snapshot(Map.of()), spec);
        assertThat(restored.pending()).isEqualTo(learner.pending());
        refuses(learner, new Random(seed));
        Example one = new Example(spec, 3);
        Example two = new Example(spec, 3);
        for (int i = 0; i < ROWS; i++) {
            float[] numbers = one.next().numbers.clone();
            one.learnBy(learner);
            assertThat(one.numbers).as("inputs stay").isEqualTo(numbers);
            two.next().learnBy(restored);
        }
        assertThat(bits(restored)).as("goes on with the same bits").isEqualTo(bits(learner));
    }

    private static Learner learned(ModelSpec spec) {
        Learner learner = Learner.create(spec);
        Example example = new Example(spec, 1);
        for (int i = 0; i < ROWS; i++) {
            example.next().learnBy(learner);
        }
        return learner;
    }

    private static void rowsAloneAndTogether(Learner learner) {
        Batch batch = new Batch(learner.layout(), ROWS);
        Batch one = new Batch(learner.layout(), 1);
        Example example = new Example(learner.spec(), 2);
        float[] alone = new float[ROWS * learner.outputs()];
        float[] score = new float[learner.outputs()];
        for (int row = 0; row < ROWS; row++) {
            example.next().addTo(batch);
            one.clear();
            example.addTo(one);
            learner.score(one, score);
            System.arraycopy(score, 0, alone, row * score.length, score.length);
        }
        float[] numbers = batch.numbers().clone();
        int[] ids = batch.ids().clone();
        float[] together = new float[alone.length];
        learner.score(batch, together);
        assertThat(together).as("alone as in a batch").isEqualTo(alone);
        for (float each : together) {
            assertThat(each).isFinite();
        }
        assertThat(batch.numbers()).isEqualTo(numbers);
        assertThat(batch.ids()).isEqualTo(ids);
    }

    /** One number that is infinite, or one id beside its range. */
    private static void refuses(Learner learner, Random random) {
        String before = bits(learner);
        Example example = new Example(learner.spec(), 4).next();
        if (example.numbers.length > 0) {
            example.numbers[random.nextInt(example.numbers.length)] = Float.NEGATIVE_INFINITY;
        } else {
            example.ids[random.nextInt(example.ids.length)] = random.nextBoolean() ? -1 : Integer.MAX_VALUE;
        }
        assertThatThrownBy(() -> example.learnBy(learner))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(": wanted ");
        Batch batch = new Batch(learner.layout(), 1);
        example.addTo(batch);
        assertThatThrownBy(() -> learner.score(batch, new float[learner.outputs()]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(bits(learner)).isEqualTo(before);
    }

    private static String bits(Learner learner) {
        return Tensors.sha256(learner.snapshot(Map.of()));
    }
}
