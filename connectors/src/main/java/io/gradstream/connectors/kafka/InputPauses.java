package io.gradstream.connectors.kafka;

/**
 * Moments at which the source of a task has nothing to give for now. What is chained to a source runs in the source's thread, and hears of
 * them there, with no timer and no other thread in between: one of these for each thread.
 */
public final class InputPauses {
    private static final ThreadLocal<InputPauses> OF_THREAD = ThreadLocal.withInitial(InputPauses::new);

    /** Told of each pause, in the task's thread. */
    @FunctionalInterface
    public interface Listener {
        /** All rows that there were have been given. */
        void paused() throws Exception;
    }

    private Listener listener;
    private boolean told;

    private InputPauses() {}

    /** Those of the task that this thread runs. */
    public static InputPauses ofThisTask() {
        return OF_THREAD.get();
    }

    /** The one to be told from now on. */
    public void listen(Listener to) {
        listener = to;
    }

    /** Forgets the listener. */
    public void close() {
        OF_THREAD.remove();
    }

    /** Whether pauses are told: only where the source reads Kafka, and from its first poll on. */
    public boolean areTold() {
        return told;
    }

    /** For the source: it tells its pauses from now on. */
    public void begin() {
        told = true;
    }

    /** For the source: there is nothing to give for now. */
    public void tell() throws Exception {
        if (listener != null) {
            listener.paused();
        }
    }
}
