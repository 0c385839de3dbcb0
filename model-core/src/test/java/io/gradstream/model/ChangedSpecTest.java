package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.losses.Hinge;
import io.gradstream.model.optimizers.Clipping;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.Regularisation;
import io.gradstream.model.optimizers.ScheduleSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner that goes on from a snapshot with another spec. */
class ChangedSpecTest {
    private static final ModelSpec SPEC =
            ContractSpecs.mlp().withBatchSize(16).withOptimizer(OptimizerSpec.adam(0.01f));

    private static void learn(Learner learner, Example example, int rows) {
        for (int i = 0; i < rows; i++) {
            example.next().learnBy(learner);
        }
    }

    private static byte[] learned(ModelSpec spec, int rows) {
        Learner learner = Learner.create(spec);
        learn(learner, new Example(spec, 1), rows);
        return learner.snapshot(Map.of());
    }

    @Test
    void howStepsAreMadeMayChange() throws Exception {
        ModelSpec changed = SPEC.withOptimizer(OptimizerSpec.adam(0.05f))
                .withSchedule(new ScheduleSpec.Warmup(10))
                .withClipping(new Clipping(0, 1))
                .withBatchSize(20);
        byte[] before = learned(SPEC, 50);
        Learner learner = Learner.read(before, changed);
        assertThat(learner.spec()).isEqualTo(changed);
        assertThat(learner.pending()).isEqualTo(2);
        assertThat(Tensors.sha256(learner.snapshot(Map.of()))).isEqualTo(Tensors.sha256(before));
        learn(learner, new Example(SPEC, 2), 18);
        assertThat(learner.steps()).isEqualTo(4);
        Learner same = Learner.read(before);
        learn(same, new Example(SPEC, 2), 18);
        assertThat(Tensors.sha256(learner.snapshot(Map.of()))).isNotEqualTo(Tensors.sha256(same.snapshot(Map.of())));
    }

    /** 15 rows are pending; what comes out has the bits of a learner that had the smaller size when they came. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 15})
    void rowsThatFillSmallerBatchesAreLearnedAtOnce(int size) throws Exception {
        Learner whole = Learner.read(learned(SPEC, 32), SPEC.withBatchSize(size));
        Learner cut = Learner.read(learned(SPEC, 32 + 15), SPEC.withBatchSize(size));
        Example example = new Example(SPEC, 1);
        for (int i = 0; i < 32; i++) {
            example.next();
        }
        learn(whole, example, 15);
        assertThat(cut.pending()).isEqualTo(15 % size);
        assertThat(cut.steps()).isEqualTo(2 + 15 / size);
        assertThat(Tensors.sha256(cut.snapshot(Map.of()))).isEqualTo(Tensors.sha256(whole.snapshot(Map.of())));
    }

    @Test
    void aModelOfAnotherRateIsSwappedIn() throws Exception {
        Scorer scorer = Model.read(learned(SPEC, 50)).scorer(1);
        Model other = Model.read(learned(SPEC.withOptimizer(OptimizerSpec.adam(0.05f)), 60));
        scorer.use(other);
        assertThat(scorer.model()).isSameAs(other);
        Model another = Model.read(learned(SPEC.withSeed(3), 50));
        assertThatThrownBy(() -> scorer.use(another)).hasMessageContaining("seed: wanted");
    }

    @Test
    void whatDecidesTensorsAndTheirMeaningMayNot() {
        refused(SPEC, SPEC.withOptimizer(OptimizerSpec.adagrad(0.01f)), "optimizer.");
        refused(SPEC, SPEC.withOptimizer(new OptimizerSpec.Adam(0.01f, 0.8f, 0.999f, 1e-8f)), "optimizer.beta1");
        refused(SPEC, SPEC.withRegularisation(new Regularisation(0, 0.1f)), "regularisation.l2");
        refused(SPEC, SPEC.withLoss(new Hinge()), "loss.");
        refused(SPEC, SPEC.withSeed(3), "seed");
        ModelSpec ftrl = SPEC.withOptimizer(new OptimizerSpec.Ftrl(0.1f, 1, 0, 0));
        refused(
                ftrl,
                ftrl.withOptimizer(new OptimizerSpec.Ftrl(0.2f, 1, 0, 0)),
                "optimizer.learning-rate: wanted 0.2, the snapshot has 0.1");
    }

    private static void refused(ModelSpec from, ModelSpec to, String why) {
        byte[] before = learned(from, 20);
        assertThatThrownBy(() -> Learner.read(before, to))
                .hasMessageStartingWith("the snapshot is of another model: " + why);
    }
}
