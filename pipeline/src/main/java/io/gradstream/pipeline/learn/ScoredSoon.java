package io.gradstream.pipeline.learn;

import io.gradstream.connectors.kafka.InputPauses;
import io.gradstream.connectors.kafka.InputPauses.Listener;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Sees to it that rows wait a millisecond at most until they are scored together. Where the source of the chain tells its pauses they are scored in a
 * pause, or when a row comes a millisecond after the first; no timer is needed, which costs more than scoring a few rows does.
 * Elsewhere a timer does it.
 */
public final class ScoredSoon {
    private static final long MOST_NANOS = 1_000_000;

    private final Listener flush;
    private final ProcessingTimeService time;
    private final InputPauses pauses;
    private boolean timerIsSet;
    private boolean counting;
    private long since;

    /**
     * To be made in the task's thread.
     *
     * @param flush scores the rows that wait, if any do
     */
    public ScoredSoon(Listener flush, ProcessingTimeService time) {
        this.flush = flush;
        this.time = time;
        this.pauses = InputPauses.ofThisTask();
        pauses.listen(this::flush);
    }

    /** To be called after each row, with whether it or others wait now. */
    public void rowTaken(boolean wait) throws Exception {
        if (!wait) {
            counting = false;
        } else if (pauses.areTold()) {
            flushIfOld();
        } else if (!timerIsSet) {
            timerIsSet = true;
            time.registerTimer(time.getCurrentProcessingTime(), at -> {
                timerIsSet = false;
                flush();
            });
        }
    }

    private void flushIfOld() throws Exception {
        long now = System.nanoTime();
        if (!counting) {
            counting = true;
            since = now;
        } else if (now - since >= MOST_NANOS) {
            flush();
        }
    }

    private void flush() throws Exception {
        counting = false;
        flush.paused();
    }

    /** Nothing is scored any more. */
    public void close() {
        pauses.close();
    }
}
