package io.gradstream.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.replay.ReplaySequencer.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplaySequencerTest {

    @Test
    void aLabelComesBeforeTheEventAtWhoseTimeItBecameKnown() {
        ReplaySequencer<String> sequencer = ReplaySequencer.byTime();
        sequencer.add("a", 10, 20);
        sequencer.add("b", 20, 21);
        sequencer.add("c", 22, ReplaySequencer.NEVER);
        assertThat(drain(sequencer)).isEqualTo("a a! b b! c");
    }

    @Test
    void labelsOfOneTimeComeInTheOrderOfTheirRows() {
        ReplaySequencer<String> sequencer = ReplaySequencer.byTime();
        sequencer.add("a", 1, 9);
        sequencer.add("b", 2, 9);
        sequencer.add("c", 3, 8);
        sequencer.add("d", 9, 12);
        assertThat(drain(sequencer)).isEqualTo("a b c c! a! b! d d!");
    }

    @Test
    void aLabelKnownAtOrBeforeItsEventComesJustBeforeIt() {
        ReplaySequencer<String> sequencer = ReplaySequencer.byTime();
        sequencer.add("a", 5, 5);
        sequencer.add("b", 7, 3);
        assertThat(drain(sequencer)).isEqualTo("a! a b! b");
    }

    @Test
    void labelsKnownAfterTheLastEventComeAtTheirOwnTime() {
        ReplaySequencer<String> sequencer = ReplaySequencer.byTime();
        sequencer.add("a", 1, 100);
        sequencer.add("b", 2, 50);
        sequencer.end();
        List<Long> times = new ArrayList<>();
        for (Step<String> step = sequencer.next(); step != null; step = sequencer.next()) {
            times.add(step.time());
        }
        assertThat(times).containsExactly(1L, 2L, 50L, 100L);
    }

    @Test
    void aDelayInEventsCountsEvents() {
        ReplaySequencer<String> sequencer = ReplaySequencer.byEvents(2);
        sequencer.add("a", 1, 0);
        sequencer.add("b", 2, ReplaySequencer.NEVER);
        sequencer.add("c", 3, 0);
        sequencer.add("d", 4, 0);
        assertThat(drain(sequencer)).isEqualTo("a b a! c d c! d!");
    }

    @Test
    void aDelayOfNoEventsIsAtOnce() {
        ReplaySequencer<String> sequencer = ReplaySequencer.byEvents(0);
        sequencer.add("a", 1, 0);
        sequencer.add("b", 2, 0);
        assertThat(drain(sequencer)).isEqualTo("a! a b! b");
        assertThatThrownBy(() -> ReplaySequencer.byEvents(-1)).hasMessageContaining("was -1");
    }

    /** The same as putting everything into one list and sorting it, which needs the whole file in memory. */
    @Test
    void equalsSortingEverything() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            ReplaySequencer<Integer> sequencer = ReplaySequencer.byTime();
            List<Step<Integer>> all = new ArrayList<>();
            List<Step<Integer>> out = new ArrayList<>();
            long time = 0;
            int rows = random.nextInt(1, 60);
            for (int row = 0; row < rows; row++) {
                time += random.nextInt(3);
                boolean labelled = random.nextInt(5) > 0;
                long known = labelled ? time + 1 + random.nextInt(12) : ReplaySequencer.NEVER;
                sequencer.add(row, time, known);
                all.add(new Step<>(false, row, time));
                if (labelled) {
                    all.add(new Step<>(true, row, known));
                }
                take(sequencer, out);
            }
            sequencer.end();
            take(sequencer, out);
            all.sort(Comparator.<Step<Integer>>comparingLong(Step::time)
                    .thenComparing(step -> !step.label())
                    .thenComparing(Step::row));
            assertThat(out).isEqualTo(all);
            assertThat(sequencer.waiting()).isZero();
        }
    }

    private static void take(ReplaySequencer<Integer> sequencer, List<Step<Integer>> into) {
        for (Step<Integer> step = sequencer.next(); step != null; step = sequencer.next()) {
            into.add(step);
        }
    }

    private static String drain(ReplaySequencer<String> sequencer) {
        assertThat(sequencer.end()).isTrue();
        assertThat(sequencer.end()).isFalse();
        List<Step<String>> steps = new ArrayList<>();
        for (Step<String> step = sequencer.next(); step != null; step = sequencer.next()) {
            steps.add(step);
        }
        return steps.stream()
                .map(step -> step.row() + (step.label() ? "!" : ""))
                .collect(Collectors.joining(" "));
    }
}
