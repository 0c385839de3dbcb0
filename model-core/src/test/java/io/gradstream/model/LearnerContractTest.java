package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.parameters.Filling;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model keeps to, whatever its layers, loss and optimizer. */
class LearnerContractTest {
    static Stream<NamedSpec> specs() {
        return ContractSpecs.all();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theSameSeedAndRowsGiveTheSameBits(NamedSpec named) {
        Learner learner = learned(named.spec(), 200);
        Learner again = learned(named.spec(), 200);
        assertThat(sha256(again.snapshot(Map.of("a", "b")))).isEqualTo(sha256(learner.snapshot(Map.of())));
        assertThat(again.lineage()).isNotEqualTo(learner.lineage());
        Learner other = learned(named.spec().withSeed(2), 200);
        boolean drawn = learner.state().compiled().layout().parameters().stream()
                .anyMatch(parameter -> parameter.filling().kind() != Filling.Kind.CONSTANT);
        assertThat(sha256(other.snapshot(Map.of())).equals(sha256(learner.snapshot(Map.of()))))
                .isEqualTo(!drawn);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aBatchOfOneEqualsItsRowOfABatch(NamedSpec named) {
        Learner learner = learned(named.spec(), 100);
        Batch batch = batch(named.spec(), 150);
        float[] together = new float[150 * learner.outputs()];
        learner.score(batch, together);
        float[] scorer = new float[together.length];
        learner.model().scorer(7).score(batch, scorer);
        assertThat(scorer).isEqualTo(together);
        Batch one = new Batch(learner.layout(), 1);
        float[] alone = new float[learner.outputs()];
        for (int row = 0; row < 150; row++) {
            one.clear();
            one.add(
                    batch.numbers(),
                    row * learner.layout().numbers(),
                    batch.ids(),
                    row * learner.layout().ids());
            learner.score(one, alone);
            for (int i = 0; i < alone.length; i++) {
                assertThat(alone[i]).as("row %d", row).isEqualTo(together[row * alone.length + i]);
                assertThat(alone[i]).isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSnapshotInTheMiddleOfAMiniBatchGoesOnWithTheSameBits(NamedSpec named) throws Exception {
        Learner learner = learned(named.spec(), 83);
        assertThat(learner.pending()).isEqualTo(83 % named.spec().batchSize());
        byte[] bytes = learner.snapshot(Map.of("offsets", "{\"flights-0\": 81522}"));
        Learner restored = Learner.read(bytes, named.spec());
        assertThat(restored.lineage()).isEqualTo(learner.lineage());
        assertThat(restored.spec()).isEqualTo(named.spec());
        assertThat(restored.pending()).isEqualTo(learner.pending());
        assertThat(sha256(restored.snapshot(Map.of()))).isEqualTo(sha256(bytes));
        Example one = new Example(named.spec(), 99);
        Example two = new Example(named.spec(), 99);
        for (int i = 0; i < 60; i++) {
            assertThat(one.next().learnBy(learner)).isEqualTo(two.next().learnBy(restored));
        }
        assertThat(restored.steps()).isEqualTo(learner.steps());
        assertThat(restored.examples()).isEqualTo(learner.examples());
        assertThat(restored.lastLoss()).isEqualTo(learner.lastLoss());
        assertThat(restored.snapshot(Map.of())).isEqualTo(learner.snapshot(Map.of()));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aModelReadFromASnapshotScoresAsItsLearner(NamedSpec named) throws Exception {
        Learner learner = learned(named.spec(), 83);
        Model model = Model.read(learner.snapshot(Map.of("schema", "v1")));
        assertThat(model.info().about()).containsExactly(Map.entry("schema", "v1"));
        assertThat(model.info().version()).isEqualTo(learner.steps());
        assertThat(model.info().lineage()).isEqualTo(learner.lineage());
        assertThat(model.info().sha256()).isEqualTo(learner.model().info().sha256());
        Batch batch = batch(named.spec(), 20);
        float[] of = new float[20 * learner.outputs()];
        float[] by = new float[of.length];
        learner.score(batch, of);
        model.scorer(20).score(batch, by);
        assertThat(by).isEqualTo(of);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void scoringChangesNothingAndInputsStayAsTheyAre(NamedSpec named) {
        Learner learner = learned(named.spec(), 83);
        String before = sha256(learner.snapshot(Map.of()));
        Batch batch = batch(named.spec(), 40);
        float[] numbers = batch.numbers().clone();
        int[] ids = batch.ids().clone();
        learner.score(batch, new float[40 * learner.outputs()]);
        assertThat(sha256(learner.snapshot(Map.of()))).isEqualTo(before);
        assertThat(batch.numbers()).isEqualTo(numbers);
        assertThat(batch.ids()).isEqualTo(ids);
        Example example = new Example(named.spec(), 5).next();
        float[] row = example.numbers.clone();
        int[] rowIds = example.ids.clone();
        example.learnBy(learner);
        learner.stepNow();
        assertThat(example.numbers).isEqualTo(row);
        assertThat(example.ids).isEqualTo(rowIds);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void itLearns(NamedSpec named) {
        Learner learner = Learner.create(named.spec());
        Example example = new Example(named.spec(), 11);
        double early = 0;
        double late = 0;
        int steps = 6000 / named.spec().batchSize();
        for (int i = 0; i < 6000; i++) {
            if (example.next().learnBy(learner)) {
                early += learner.steps() <= steps / 10 ? learner.lastLoss() : 0;
                late += learner.steps() > steps * 9 / 10 ? learner.lastLoss() : 0;
            }
        }
        assertThat(late).isLessThan(0.9 * early);
        assertThat(learner.skippedSteps()).isZero();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aGradientThatIsNotFiniteSkipsItsBatchAndChangesNothing(NamedSpec named) {
        Learner learner = learned(named.spec(), named.spec().batchSize() * 3);
        byte[] before = learner.snapshot(Map.of());
        // Each row is fine; their losses together are more than a float.
        Example example = new Example(named.spec(), 21);
        for (int i = 0; i < named.spec().batchSize(); i++) {
            example.next();
            boolean stepped = learner.learn(example.numbers, 0, example.ids, 0, example.target, Float.MAX_VALUE);
            assertThat(stepped).isEqualTo(i == named.spec().batchSize() - 1);
        }
        assertThat(learner.skippedSteps()).isEqualTo(1);
        assertThat(learner.steps()).isEqualTo(3);
        assertThat(learner.pending()).isZero();
        Tensors.assertEqualBut(before, learner.snapshot(Map.of()), "learner/counters");
        example.next().learnBy(learner);
        learner.stepNow();
        assertThat(learner.steps()).isEqualTo(4);
    }

    @Test
    void aSnapshotOfAnotherSpecIsRefusedByWhatDiffersFirst() {
        ModelSpec spec = ContractSpecs.mlp();
        byte[] bytes = learned(spec, 10).snapshot(Map.of());
        assertThatThrownBy(() -> Learner.read(bytes, spec.withSeed(77)))
                .hasMessageStartingWith("the snapshot is of another model: seed: wanted 77, the snapshot has ");
        assertThatThrownBy(() -> learned(spec, 10).snapshot(Map.of("gradstream.mine", "no")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gradstream.mine");
    }

    private static Learner learned(ModelSpec spec, int rows) {
        Learner learner = Learner.create(spec);
        Example example = new Example(spec, 1);
        for (int i = 0; i < rows; i++) {
            example.next().learnBy(learner);
        }
        return learner;
    }

    private static Batch batch(ModelSpec spec, int rows) {
        Batch batch = new Batch(spec.layout(), rows);
        Example example = new Example(spec, 31);
        while (!batch.isFull()) {
            example.next().addTo(batch);
        }
        return batch;
    }

    private static String sha256(byte[] snapshot) {
        return Tensors.sha256(snapshot);
    }
}
