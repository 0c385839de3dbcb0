package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.kafka.InputPauses;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When rows that wait are scored. */
class ScoredSoonTest {
    private static final long LONG_ENOUGH_NANOS = 10_000_000_000L;

    private final TestProcessingTimeService time = new TestProcessingTimeService();
    private final InputPauses pauses = InputPauses.ofThisTask();
    private int waiting;
    private int flushes;
    private final ScoredSoon soon = new ScoredSoon(this::flush, time);

    @AfterEach
    void close() {
        soon.close();
    }

    @Test
    void byATimerWhereNoPausesAreTold() throws Exception {
        row();
        row();
        assertThat(flushes).isZero();
        assertThat(time.getNumActiveTimers()).isEqualTo(1);
        time.advance(2);
        assertThat(waiting).isZero();
        row();
        assertThat(time.getNumActiveTimers()).isEqualTo(1);
    }

    @Test
    void inAPauseWithoutATimer() throws Exception {
        pauses.begin();
        row();
        assertThat(waiting).isEqualTo(1);
        pauses.tell();
        assertThat(waiting).isZero();
        assertThat(time.getNumActiveTimers()).isZero();
    }

    @Test
    void withTheRowThatComesAMillisecondAfterTheFirst() throws Exception {
        pauses.begin();
        long before = System.nanoTime();
        row();
        while (flushes == 0 && System.nanoTime() - before < LONG_ENOUGH_NANOS) {
            row();
        }
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(1_000_000);
        assertThat(waiting).isZero();
        assertThat(flushes).isEqualTo(1);
        row();
        assertThat(flushes).as("the millisecond begins anew").isEqualTo(1);
    }

    @Test
    void theMillisecondBeginsWithTheFirstRowThatWaits() throws Exception {
        pauses.begin();
        row();
        long start = System.nanoTime();
        while (System.nanoTime() - start < 1_000_000) {
            Thread.onSpinWait();
        }
        soon.rowTaken(false);
        row();
        assertThat(flushes).isZero();
    }

    private void row() throws Exception {
        waiting++;
        soon.rowTaken(true);
    }

    private void flush() {
        waiting = 0;
        flushes++;
    }
}
