package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.layers.Attention;
import io.gradstream.model.layers.Embedding;
import io.gradstream.model.layers.Fill;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.Lstm;
import io.gradstream.model.layers.Missing;
import io.gradstream.model.layers.RecurrentOutputs;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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

    /** What is never drawn is never checked. */
    @Test
    void everyKindIsDrawn() {
        List<ModelSpec> specs =
                LongStream.range(0, SEEDS).mapToObj(RandomSpec::of).toList();
        for (Map.Entry<Class<?>, Function<ModelSpec, Stream<?>>> each : ContractCoverageTest.KINDS.entrySet()) {
            assertThat(specs.stream().flatMap(each.getValue()).map(Object::getClass))
                    .contains(each.getKey().getPermittedSubclasses());
        }
        assertThat(specs)
                .anyMatch(spec -> spec.clipping().norm() > 0 && spec.clipping().value() > 0);
        assertThat(specs).anyMatch(spec -> spec.regularisation().l1() > 0);
        assertThat(specs).anyMatch(spec -> spec.regularisation().l2() > 0);
        assertThat(layers(specs, Attention.class))
                .anyMatch(node -> node.inputs().size() == 2);
        assertThat(layers(specs, Embedding.class))
                .extracting(node -> ((Embedding) node.layer()).combine())
                .contains(Embedding.Combine.values());
        assertThat(layers(specs, Fill.class)).anyMatch(node -> ((Fill) node.layer()).missing() == Missing.LEARNED);
        assertThat(layers(specs, Lstm.class))
                .anyMatch(node -> node.layer() instanceof Lstm lstm
                        && lstm.layers() > 1
                        && lstm.bidirectional()
                        && lstm.outputs() == RecurrentOutputs.LAST);
    }

    private static List<NodeSpec> layers(List<ModelSpec> specs, Class<? extends LayerSpec> kind) {
        return specs.stream()
                .flatMap(spec -> spec.layers().stream())
                .filter(node -> kind.isInstance(node.layer()))
                .toList();
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
        learner.stepNow();
        assertThat(learner.examples()).as("rows learned").isEqualTo(2 * ROWS);
        assertThat(learner.skippedSteps()).as("skipped").isZero();
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
