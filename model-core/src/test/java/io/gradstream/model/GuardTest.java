package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.model.guard.Guard;
import io.gradstream.model.guard.GuardSpec;
import io.gradstream.model.guard.Rollback;
import io.gradstream.model.layers.Linear;
import io.gradstream.model.optimizers.OptimizerSpec;
import io.gradstream.model.optimizers.OptimizerSpec.Adagrad;
import io.gradstream.model.optimizers.OptimizerSpec.Ftrl;
import io.gradstream.model.optimizers.OptimizerSpec.RmsProp;
import io.gradstream.model.optimizers.OptimizerSpec.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner whose steps are far too large, one whose world changes, and one that is well. */
class GuardTest {
    private static final GuardSpec SOON = new GuardSpec(true, 512, 0.02f, 0.1f);
    private static final OptimizerSpec USUAL = new Adagrad(0.05f, 1e-10f);

    /** Usual learning rates times 1000. */
    static Stream<OptimizerSpec> tooFast() {
        return Stream.of(
                OptimizerSpec.sgd(100),
                new Sgd(50, 0.9f, false),
                OptimizerSpec.adagrad(50),
                new RmsProp(1, 0.99f, 1e-8f),
                OptimizerSpec.adam(1),
                OptimizerSpec.adamW(1, 0.01f),
                new Ftrl(100, 1, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("tooFast")
    void whatIsServedStaysNearTheBaseline(OptimizerSpec optimizer) {
        ModelSpec spec = GuardedStream.wideAndDeep(optimizer);
        Learner learner = Learner.create(spec, GuardSpec.USUAL);
        GuardedStream guarded = new GuardedStream(1).serve(learner, 60_000, false);
        assertThat(learner.rollbacks()).isPositive();
        assertThat(guarded.accuracy()).isGreaterThanOrEqualTo(guarded.majority() - 0.02);

        GuardedStream alone = new GuardedStream(1).serve(Learner.create(spec), 60_000, false);
        assertThat(alone.accuracy())
                .as("without a guard")
                .isLessThan(optimizer instanceof Sgd ? alone.majority() : alone.majority() - 0.05);
    }

    @Test
    void aModelThatIsWellIsLeftAlone() {
        ModelSpec spec = GuardedStream.wideAndDeep(USUAL);
        Learner guarded = Learner.create(spec, SOON);
        Learner alone = Learner.create(spec);
        new GuardedStream(2).serve(guarded, 20_000, false);
        new GuardedStream(2).serve(alone, 20_000, false);
        assertThat(guarded.rollbacks()).isZero();
        assertThat(sha256(guarded)).isEqualTo(sha256(alone));
    }

    static Stream<ModelSpec> specs() {
        return Stream.of(GuardedStream.wideAndDeep(USUAL), GuardedStream.bent(USUAL));
    }

    /** The world changes, not the model: what it knew is not better, and it goes on learning with the bits it would have without a guard. */
    @ParameterizedTest
    @MethodSource("specs")
    void labelsThatFlipAreLearned(ModelSpec spec) {
        Learner guarded = Learner.create(spec, SOON);
        Guard guard = guarded.guard().orElseThrow();
        Learner alone = Learner.create(spec);
        GuardedStream one = new GuardedStream(3);
        GuardedStream two = new GuardedStream(3);
        boolean suspected = false;
        for (int turn = 0; turn < 6; turn++) {
            for (int i = 0; i < 50; i++) {
                one.serve(guarded, 100, turn % 2 == 1);
                suspected |= guard.suspected();
            }
            two.serve(alone, 5000, turn % 2 == 1);
        }
        assertThat(suspected).isTrue();
        assertThat(guard.rollbacks()).isZero();
        assertThat(guard.factor()).isEqualTo(1);
        assertThat(sha256(guarded)).isEqualTo(sha256(alone));
    }

    /** Steps that ruin a model which was good: it comes back as it was, rows of tables and statistics too. */
    @Test
    void itGoesBackToWhatWasGood() throws Exception {
        ModelSpec spec = GuardedStream.wideAndDeep(USUAL);
        Learner good = Learner.create(spec);
        new GuardedStream(4).serve(good, 32 * 300, false);
        byte[] snapshot = good.snapshot(Map.of());
        Learner ruined =
                Learner.read(snapshot, spec.withOptimizer(OptimizerSpec.adagrad(500)), GuardSpec.USUAL, new byte[0]);
        GuardedStream stream = new GuardedStream(5);
        double[] statistics = {};
        while (ruined.rollbacks() == 0 && ruined.steps() < good.steps() + 100) {
            stream.next(false);
            statistics = ruined.state().weights().statistics().clone();
            ruined.learn(stream.numbers, 0, stream.ids, 0, stream.target, 1);
        }
        Rollback rollback = ruined.guard().orElseThrow().lastRollback();
        assertThat(rollback.loss()).isGreaterThan(1.5);
        assertThat(rollback.goodLoss()).isLessThan(0.65);
        assertThat(rollback.factor()).isEqualTo((double) 0.1f);
        assertThat(rollback.steps()).isEqualTo(ruined.steps() - 1 - good.steps());

        // The one step since then is the one that the good version would have made of the same rows at that rate, with
        // the statistics of all rows.
        Learner again = Learner.read(snapshot, spec.withOptimizer(OptimizerSpec.adagrad(500 * 0.1f)));
        System.arraycopy(statistics, 0, again.state().weights().statistics(), 0, statistics.length);
        again.state().weights().statisticsChanged();
        GuardedStream same = new GuardedStream(5);
        long rows = 32 * (ruined.steps() - good.steps()) - good.pending();
        for (int i = 0; i < rows; i++) {
            same.next(false);
            if (i >= rows - 32) {
                again.learn(same.numbers, 0, same.ids, 0, same.target, 1);
            }
        }
        Batch batch = new Batch(good.layout(), 200);
        while (!batch.isFull()) {
            stream.next(false);
            batch.add(stream.numbers, 0, stream.ids, 0);
        }
        float[] came = new float[200];
        ruined.score(batch, came);
        float[] wanted = new float[200];
        again.score(batch, wanted);
        assertThat(came).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 97, 128, 200, 333, 1000, 5000})
    void itGoesOnWhereItsStateWasTaken(int cut) throws Exception {
        ModelSpec spec = GuardedStream.wideAndDeep(OptimizerSpec.adam(1)).withBatchSize(16);
        Learner whole = Learner.create(spec, SOON);
        GuardedStream stream = new GuardedStream(6).serve(whole, cut, false);
        byte[] state = whole.guard().orElseThrow().state();
        Learner restored = Learner.read(whole.snapshot(Map.of()), spec, SOON, state);
        assertThat(restored.guard().orElseThrow().state()).isEqualTo(state);
        long rollbacks = whole.rollbacks();
        for (int i = 0; i < 6000; i++) {
            stream.next(i / 1500 % 2 == 1);
            whole.learn(stream.numbers, 0, stream.ids, 0, stream.target, 1);
            restored.learn(stream.numbers, 0, stream.ids, 0, stream.target, 1);
        }
        assertThat(restored.rollbacks()).isEqualTo(whole.rollbacks()).isGreaterThan(cut < 200 ? rollbacks : 0);
        assertThat(sha256(restored)).isEqualTo(sha256(whole));
        assertThat(restored.guard().orElseThrow().state())
                .isEqualTo(whole.guard().orElseThrow().state());
    }

    @Test
    void anotherLearningRateIsTakenAsItIsWritten() throws Exception {
        ModelSpec spec = GuardedStream.wideAndDeep(OptimizerSpec.adam(1));
        Learner learner = Learner.create(spec, SOON);
        new GuardedStream(7).serve(learner, 2000, false);
        byte[] state = learner.guard().orElseThrow().state();
        ModelSpec slower = spec.withOptimizer(OptimizerSpec.adam(0.01f));
        Guard guard = Learner.read(learner.snapshot(Map.of()), slower, SOON, state)
                .guard()
                .orElseThrow();
        assertThat(learner.guard().orElseThrow().factor()).isLessThan(1);
        assertThat(guard.factor()).isEqualTo(1);
        assertThat(guard.rollbacks()).isEqualTo(learner.rollbacks());
    }

    /** Finite numbers whose arithmetic overflows, in a model without standardisation: no version can learn them, so none is given up. */
    @Test
    void rowsThatNoVersionCanLearnAreSkipped() {
        ModelSpec spec = ModelSpec.of(
                        List.of(new InputSpec.NumbersInput("numbers", 2, false)),
                        List.of(NodeSpec.of("one", new Linear(4)), NodeSpec.of("two", new Linear(1))),
                        Task.REGRESSION,
                        OptimizerSpec.sgd(0.01f))
                .withBatchSize(4);
        Learner learner = Learner.create(spec, SOON);
        for (int i = 0; i < 400; i++) {
            float number = i % 8 == 0 ? 3e38f : i % 3;
            learner.learn(new float[] {number, 1}, 0, null, 0, i % 3, 1);
        }
        assertThat(learner.skippedSteps()).isEqualTo(50);
        assertThat(learner.rollbacks()).isZero();
    }

    /** One mini-batch that weighs far too much ruins the model, and costs a rollback; the learning rate, which is not at fault, comes back. */
    @Test
    void theLearningRateComesBack() {
        Learner learner = Learner.create(GuardedStream.wideAndDeep(OptimizerSpec.sgd(0.1f)), SOON);
        Guard guard = learner.guard().orElseThrow();
        GuardedStream stream = new GuardedStream(8).serve(learner, 32 * 150, false);
        for (int i = 0; i < 32; i++) {
            stream.next(false);
            learner.learn(stream.numbers, 0, stream.ids, 0, stream.target, 1e5f);
        }
        stream.serve(learner, 320, false);
        assertThat(guard.rollbacks()).isEqualTo(1);
        assertThat(guard.factor()).isEqualTo((double) 0.1f);
        stream.serve(learner, 280 * 512, false);
        assertThat(guard.rollbacks()).isEqualTo(1);
        assertThat(guard.factor()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.01})
    void aLowerRateLeavesWeightsAsTheyAre(double by) {
        for (OptimizerSpec optimizer : List.of(new Ftrl(0.1f, 1, 0.01f, 0.1f), new Ftrl(0.1f, 0, 0.01f, 0.1f), USUAL)) {
            Learner learner = Learner.create(GuardedStream.wideAndDeep(optimizer));
            GuardedStream stream = new GuardedStream(9).serve(learner, 3200, false);
            float[] before = learner.state().weights().dense().clone();
            learner.state().optimizer().multiply(by);
            stream.serve(learner, 32, false);
            float[] after = learner.state().weights().dense();
            for (int i = 0; i < before.length; i++) {
                assertThat(after[i]).isEqualTo(before[i], Offset.offset((float) by * 0.05f));
            }
        }
    }

    /** Where beta is 0 a weight's first step is of the whole rate, however small its gradient: not so once the rate was lowered. */
    @Test
    void firstStepsAreLowerToo() {
        Learner learner = Learner.create(GuardedStream.wideAndDeep(new Ftrl(0.1f, 0, 0, 0.1f)));
        float[] before = learner.state().weights().dense().clone();
        learner.state().optimizer().multiply(0.01);
        new GuardedStream(13).serve(learner, 32, false);
        float[] after = learner.state().weights().dense();
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(before[i], Offset.offset(0.005f));
        }
    }

    @Test
    void itTakesNoMoreThanIsSaid() throws Exception {
        long before =
                Reachable.from(Learner.create(GuardedStream.wideAndDeep(USUAL))).numbers();
        Learner learner = Learner.create(GuardedStream.wideAndDeep(USUAL), GuardSpec.USUAL);
        Memory memory = Memory.of(learner.spec());
        assertThat(Reachable.from(learner).numbers() - before).isBetween(memory.guard() - 1000, memory.guard());
        new GuardedStream(10).serve(learner, 3000, false);
        assertThat(Reachable.from(learner).numbers())
                .isLessThanOrEqualTo(memory.fixed() + memory.sparseAtMost() + memory.guardAtMost());
    }

    /** A smaller mini-batch makes steps of rows that wait as soon as the learner is read; the guard takes note of them. */
    @Test
    void waitingRowsAreLearnedUnderTheGuard() throws Exception {
        ModelSpec spec = GuardedStream.wideAndDeep(USUAL);
        Learner learner = Learner.create(spec, SOON);
        new GuardedStream(11).serve(learner, 32 * 20 + 30, false);
        byte[] state = learner.guard().orElseThrow().state();
        Learner same = Learner.read(learner.snapshot(Map.of()), spec, SOON, state);
        Learner smaller = Learner.read(learner.snapshot(Map.of()), spec.withBatchSize(4), SOON, state);
        assertThat(same.guard().orElseThrow().state()).isEqualTo(state);
        assertThat(smaller.steps()).isEqualTo(learner.steps() + 7);
        assertThat(smaller.guard().orElseThrow().state()).isNotEqualTo(state);
    }

    @Test
    void anOlderStateIsLeftOut() throws Exception {
        Learner learner = Learner.create(GuardedStream.wideAndDeep(OptimizerSpec.adam(1)), SOON);
        new GuardedStream(12).serve(learner, 2000, false);
        assertThat(learner.rollbacks()).isPositive();
        byte[] state = learner.guard().orElseThrow().state();
        assertThat(Guard.isOlder(state)).isFalse();
        state[3] = 1;
        assertThat(Guard.isOlder(state)).isTrue();
        Learner read = Learner.read(learner.snapshot(Map.of()), learner.spec(), SOON, state);
        assertThat(read.rollbacks()).isZero();
        assertThat(read.guard().orElseThrow().factor()).isEqualTo(1);
    }

    @Test
    void aStateThatIsTornIsRefused() {
        Learner learner = Learner.create(GuardedStream.wideAndDeep(USUAL), SOON);
        Guard guard = learner.guard().orElseThrow();
        byte[] state = guard.state();
        assertThatThrownBy(() -> guard.restore(Arrays.copyOf(state, state.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too early");
        assertThatThrownBy(() -> guard.restore(Arrays.copyOf(state, state.length + 1)))
                .hasMessage("the guard's state has 1 bytes too many");
        state[3] = 7;
        assertThatThrownBy(() -> guard.restore(state)).hasMessageContaining("version 7, this reads version 3");
    }

    private static String sha256(Learner learner) {
        return Tensors.sha256(learner.snapshot(Map.of()));
    }
}
