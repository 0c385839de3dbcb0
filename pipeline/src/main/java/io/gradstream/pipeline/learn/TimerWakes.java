package io.gradstream.pipeline.learn;

import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;

/** Wakes as timers of Flink, which are wherever its keyed state is, and part of its checkpoints. */
final class TimerWakes implements Wakes, Triggerable<String, VoidNamespace> {

    /** What Flink knows the timers by. */
    static final String NAME = "waits";

    private Sleeper sleeper;
    private final InternalTimeServiceManager<?> manager;
    private final BooleanSupplier cancelled;
    private InternalTimerService<VoidNamespace> timers;

    /**
     * @param sleeper is woken; the current key is its id already
     * @param manager of the operator's timers
     * @param cancelled whether the task is to end
     */
    TimerWakes(Sleeper sleeper, InternalTimeServiceManager<?> manager, BooleanSupplier cancelled) {
        this.sleeper = sleeper;
        this.manager = manager;
        this.cancelled = cancelled;
    }

    /** To be called before anything else; {@code service} fires this object's {@link #onEventTime}. */
    void use(InternalTimerService<VoidNamespace> service) {
        timers = service;
    }

    /** Forgets all timers that a checkpoint brought: they are fired, and nobody is woken, then or later. */
    void clear() throws StateException {
        sleeper = (id, time) -> {};
        advance(Long.MAX_VALUE);
    }

    @Override
    public void at(String id, long time) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    /**
     * A task that is being cancelled fires no timers any more. The rows that are due after them must not be scored and learned as if they had
     * been fired: without exactly-once what comes of them is there to be read.
     */
    @Override
    public void advance(long time) throws StateException {
        try {
            manager.advanceWatermark(new Watermark(time));
            if (cancelled.getAsBoolean()) {
                throw new CancelTaskException("timers are not fired any more");
            }
        } catch (StateException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the timers of the join could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        sleeper.wake(timer.getKey(), timer.getTimestamp());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer of the join goes by processing time");
    }
}
