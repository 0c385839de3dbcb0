package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.LearnCount.DEFAULTED;
import static io.gradstream.pipeline.learn.LearnCount.DUPLICATE_EVENTS;
import static io.gradstream.pipeline.learn.LearnCount.DUPLICATE_LABELS;
import static io.gradstream.pipeline.learn.LearnCount.EARLY;
import static io.gradstream.pipeline.learn.LearnCount.EXPIRED;
import static io.gradstream.pipeline.learn.LearnCount.LATE_LABELS;
import static io.gradstream.pipeline.learn.LearnCount.LEARNED;
import static io.gradstream.pipeline.learn.LearnCount.NOT_KEPT;
import static io.gradstream.pipeline.learn.LearnCount.PREDICTIONS;
import static io.gradstream.pipeline.learn.LearnCount.UNMATCHED_LABELS;
import static io.gradstream.pipeline.learn.LearnCount.WAITING;
import static io.gradstream.pipeline.learn.Specs.event;
import static io.gradstream.pipeline.learn.Specs.label;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.examples.Label;
import io.gradstream.pipeline.learn.LabelJoin.Rules;
import org.junit.jupiter.api.Test;

class LabelJoinTest {

    private static final long WAIT = 100;

    @Test
    void aLabelIsLearnedWithTheRowThatWasScored() throws Exception {
        JoinRun run = run();
        run.event(event("a", 10, 0));
        run.label(label("a", 50, 0, 1));
        assertThat(run.recorder.predictions).hasSize(1);
        assertThat(run.count(LEARNED)).isOne();
        assertThat(run.core.learner().pending()).isOne();
        assertThat(run.count(WAITING)).isZero();
    }

    @Test
    void aLabelThatComesFirstWaitsForItsEvent() throws Exception {
        JoinRun run = run();
        run.label(label("a", 10, 0, 1));
        assertThat(run.count(EARLY)).isOne();
        run.event(event("a", 12, 0));
        run.core.flush();
        assertThat(run.count(EARLY)).isZero();
        assertThat(run.count(LEARNED)).isOne();
        assertThat(run.core.learner().pending()).isOne();
        run.label(label("a", 13, 1, 1));
        assertThat(run.count(DUPLICATE_LABELS)).isOne();
    }

    @Test
    void anEventThatComesAfterItsWaitIsScoredAndTeachesNothing() throws Exception {
        JoinRun run = withDefault();
        run.label(label("a", 15, 0, 1));
        run.watermarks(116, 116);
        assertThat(run.count(UNMATCHED_LABELS)).isOne();
        run.event(event("a", 10, 0));
        run.core.flush();
        assertThat(run.count(PREDICTIONS)).isOne();
        assertThat(run.count(EXPIRED)).isOne();
        assertThat(run.count(WAITING)).isZero();
        run.label(label("a", 100, 1, 1));
        assertThat(run.count(LATE_LABELS)).isOne();
        run.event(event("a", 10, 1));
        assertThat(run.count(DUPLICATE_EVENTS)).isOne();
        run.watermarks(210, 210);
        assertThat(run.store.size()).isZero();
        assertThat(run.count(DEFAULTED)).isZero();
        assertThat(run.count(LEARNED)).isZero();
        assertThat(run.core.learner().pending()).isZero();
    }

    @Test
    void anEventThatComesAgainAfterItsTombstoneIsNotLearnedAgain() throws Exception {
        JoinRun run = withDefault();
        run.event(event("a", 10, 0));
        run.label(label("a", 20, 0, 1));
        run.watermarks(110, 110);
        assertThat(run.store.size()).isZero();
        run.event(event("a", 10, 1));
        run.watermarks(1000, 1000);
        assertThat(run.count(LEARNED)).isOne();
        assertThat(run.count(DEFAULTED)).isZero();
        assertThat(run.count(PREDICTIONS)).isEqualTo(2);
        assertThat(run.store.size()).isZero();
        assertThat(run.core.learner().pending()).isOne();
    }

    @Test
    void aSecondLabelIsADuplicateUntilTheWaitIsOver() throws Exception {
        JoinRun run = run();
        run.event(event("a", 10, 0));
        run.label(label("a", 50, 0, 1));
        run.watermarks(109, 109);
        run.label(label("a", 109, 1, 0));
        assertThat(run.count(DUPLICATE_LABELS)).isOne();
        assertThat(run.core.learner().pending()).isOne();
        run.watermarks(110, 110);
        assertThat(run.store.size()).isZero();
    }

    @Test
    void twoEarlyLabelsAreOneAndADuplicate() throws Exception {
        JoinRun run = run();
        run.label(label("a", 10, 0, 1));
        run.label(label("a", 11, 1, 0));
        assertThat(run.count(DUPLICATE_LABELS)).isOne();
        assertThat(run.count(EARLY)).isOne();
    }

    @Test
    void aLabelThatIsLateBeforeItsEventComesIsLogged() throws Exception {
        try (LogLines log = LogLines.of(UnusualRows.class)) {
            JoinRun run = run();
            run.label(label("a", 200, 0, 1));
            run.event(event("a", 50, 7));
            assertThat(run.count(LATE_LABELS)).isOne();
            assertThat(run.count(WAITING)).isOne();
            run.label(label("a", 300, 2, 1));
            assertThat(log.lines())
                    .containsExactly(
                            "1 labels came after the wait of 100 ms was over and were not learned; the last is,"
                                    + " or belongs to, the example at 1970-01-01T00:00:00.050Z from events-0@7",
                            "2 labels came after the wait of 100 ms was over and were not learned; the last is,"
                                    + " or belongs to, the label at 1970-01-01T00:00:00.300Z from labels-0@2");
        }
    }

    @Test
    void anEarlyLabelWithoutAnEventIsUnmatched() throws Exception {
        JoinRun run = run();
        run.label(label("a", 10, 0, 1));
        run.watermarks(109, 109);
        assertThat(run.count(UNMATCHED_LABELS)).isZero();
        run.watermarks(110, 110);
        assertThat(run.count(UNMATCHED_LABELS)).isOne();
        assertThat(run.count(EARLY)).isZero();
        assertThat(run.store.size()).isZero();
    }

    @Test
    void theWaitIncludesItsEnds() throws Exception {
        JoinRun run = run();
        run.event(event("a", 10, 0));
        run.event(event("b", 10, 1));
        run.label(label("a", 110, 0, 1));
        run.label(label("b", 111, 1, 1));
        assertThat(run.count(LEARNED)).isOne();
        assertThat(run.count(LATE_LABELS)).isOne();
        assertThat(run.count(WAITING)).isOne();
    }

    @Test
    void aLabelIsLateOnceItsEventHasExpired() throws Exception {
        JoinRun run = run();
        run.event(event("a", 10, 0));
        run.watermarks(110, 110);
        assertThat(run.count(EXPIRED)).isOne();
        run.label(label("a", 60, 0, 1));
        assertThat(run.count(LATE_LABELS)).isOne();
        run.watermarks(209, 209);
        assertThat(run.store.size()).isOne();
        run.watermarks(210, 210);
        assertThat(run.store.size()).isZero();
        run.label(label("a", 110, 1, 1));
        assertThat(run.count(LATE_LABELS)).isEqualTo(2);
        assertThat(run.count(LEARNED)).isZero();
    }

    @Test
    void aDuplicateEventIsScoredAgainAndLearnedOnce() throws Exception {
        JoinRun run = run();
        run.event(event("a", 10, 0));
        run.event(event("a", 10, 1)); // while the first has not been scored yet
        run.core.flush();
        run.event(event("a", 11, 2)); // while it waits
        run.label(label("a", 20, 0, 1));
        run.event(event("a", 12, 3)); // when it is learned
        run.core.flush();
        run.label(label("a", 21, 1, 1));
        assertThat(run.count(PREDICTIONS)).isEqualTo(4);
        assertThat(run.count(DUPLICATE_EVENTS)).isEqualTo(3);
        assertThat(run.recorder.predictions)
                .filteredOn(line -> line.contains("again"))
                .hasSize(3);
        assertThat(run.count(LEARNED)).isOne();
        assertThat(run.count(DUPLICATE_LABELS)).isOne();
        assertThat(run.core.learner().pending()).isOne();
    }

    @Test
    void aDefaultIsLearnedOnTheLabelsOwnWatermark() throws Exception {
        JoinRun run = withDefault();
        run.event(event("a", 10, 0));
        run.watermarks(1000, 109);
        assertThat(run.count(DEFAULTED)).isZero();
        run.watermarks(1000, 110);
        assertThat(run.count(DEFAULTED)).isOne();
        assertThat(run.core.learner().pending()).isOne();
        assertThat(run.count(LEARNED)).isZero();
        run.label(label("a", 50, 0, 1));
        assertThat(run.count(LATE_LABELS)).isOne();
    }

    /** After an outage of the labels the clock goes far at once, and all that waited must not be in memory together. */
    @Test
    void defaultsAreLearnedTimeByTime() throws Exception {
        JoinRun run = withDefault();
        run.event(event("a", 10, 0));
        run.event(event("b", 10, 1));
        run.event(event("c", 20, 2));
        run.core.flush();
        wake(run, 110, "b", "a");
        assertThat(run.count(DEFAULTED)).as("others may come of this time").isZero();
        wake(run, 120, "c");
        assertThat(run.count(DEFAULTED)).isEqualTo(2);
        run.join.clock(500);
        assertThat(run.count(DEFAULTED)).isEqualTo(3);
    }

    private static void wake(JoinRun run, long at, String... ids) throws Exception {
        run.join.beforeWake(at);
        for (String id : ids) {
            run.store.use(id);
            run.join.wake(at);
        }
    }

    @Test
    void noDefaultIsLearnedBecauseLabelsWentIdle() throws Exception {
        JoinRun run = withDefault();
        run.event(event("a", 10, 0));
        run.flow.labelWatermark(50);
        run.flow.watermark(5000); // the labels are idle, so the watermark of both is that of the events
        assertThat(run.count(DEFAULTED)).isZero();
        assertThat(run.count(WAITING)).isOne();
        run.flow.labelWatermark(110); // they are back
        assertThat(run.count(DEFAULTED)).isOne();
    }

    /** Flink leaves an idle partition out of the input's watermark, which then says nothing of its labels. */
    @Test
    void noDefaultIsLearnedBecauseOnePartitionOfTheLabelsIsAway() throws Exception {
        Highest partitions = new Highest();
        partitions.expect(1, 0);
        partitions.expect(1, 1);
        JoinRun run = new JoinRun(Specs.small(4), new Rules(WAIT, 0, 1000), partitions);
        run.event(event("a", 10, 0));
        run.label(label("x", 900, 0, 1));
        run.watermarks(899, 899); // the other partition has given nothing yet, and is idle
        assertThat(run.count(DEFAULTED)).isZero();
        assertThat(run.flow.labelClocks().slowest()).isEqualTo("labels-1");
        JoinRun later = run.restored(3);
        later.label(other("y", 50));
        later.watermarks(1000, 1000);
        assertThat(later.count(DEFAULTED)).isZero();
        later.label(other("a", 60));
        assertThat(later.count(LEARNED)).isOne();
        later.event(event("b", 20, 1));
        later.label(other("z", 121));
        later.watermarks(1001, 1001);
        assertThat(later.count(DEFAULTED)).isOne();
    }

    private static Label other(String id, long time) {
        Label label = label(id, time, 7, 1);
        label.partition = 1;
        return label;
    }

    @Test
    void noDefaultIsLearnedAtTheEndOfTheInput() throws Exception {
        for (boolean eventTime : new boolean[] {false, true}) {
            JoinRun run = new JoinRun(Specs.small(4), new Rules(WAIT, 0, 1000), eventTime);
            run.event(event("a", 10, 0));
            run.watermarks(50, 50);
            run.event(event("b", 400, 1));
            run.watermarks(Long.MAX_VALUE, Long.MAX_VALUE);
            run.core.finish();
            assertThat(run.count(DEFAULTED)).isZero();
            assertThat(run.count(WAITING)).isEqualTo(2);
            assertThat(run.count(PREDICTIONS)).isEqualTo(2);
        }
    }

    @Test
    void expiryDoesNotFireAtTheEndOfTheInputEither() throws Exception {
        JoinRun run = run();
        run.event(event("a", 10, 0));
        run.label(label("b", 10, 0, 1));
        run.watermarks(Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(run.count(EXPIRED)).isZero();
        assertThat(run.count(WAITING)).isOne();
        assertThat(run.count(EARLY)).isOne();
    }

    @Test
    void noMoreThanTheCapIsKept() throws Exception {
        JoinRun run = new JoinRun(Specs.small(4), new Rules(WAIT, Float.NaN, 2), false);
        run.event(event("a", 10, 0));
        run.label(label("x", 10, 0, 1));
        run.event(event("b", 10, 1));
        run.label(label("y", 10, 1, 1));
        run.core.flush();
        assertThat(run.count(NOT_KEPT)).isEqualTo(2);
        assertThat(run.count(PREDICTIONS)).isEqualTo(2);
        assertThat(run.count(UNMATCHED_LABELS)).isOne();
        assertThat(run.store.size()).isEqualTo(2);
        run.label(label("a", 11, 2, 1));
        run.event(event("c", 11, 2));
        assertThat(run.count(WAITING)).isOne();
    }

    @Test
    void nothingIsLeftWhenAllWaitsAreOver() throws Exception {
        JoinRun run = run();
        for (int i = 0; i < 500; i++) {
            run.event(event("e" + i, i, i));
            if (i % 3 != 0) {
                run.label(label("e" + i, i + 5, i, i % 2));
            }
            if (i % 10 == 0) {
                run.label(label("nobody" + i, i, 1000 + i, 1));
            }
        }
        run.watermarks(10_000, 10_000);
        assertThat(run.store.size()).isZero();
        assertThat(run.store.timers()).isZero();
        assertThat(run.count(WAITING)).isZero();
        assertThat(run.count(EARLY)).isZero();
    }

    @Test
    void entriesOfAnUnknownVersionAreRefused() {
        byte[] entry = Entry.tombstone(Entry.Kind.LEARNED, 5);
        entry[1] = 9;
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Entry.kind(entry))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("version 9");
    }

    private static JoinRun run() throws Exception {
        return new JoinRun(Specs.small(4), new Rules(WAIT, Float.NaN, 1000), false);
    }

    private static JoinRun withDefault() throws Exception {
        return new JoinRun(Specs.small(4), new Rules(WAIT, 0, 1000), false);
    }
}
