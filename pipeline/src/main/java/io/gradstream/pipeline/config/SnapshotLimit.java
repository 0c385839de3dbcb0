package io.gradstream.pipeline.config;

import io.gradstream.model.Memory;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.guard.GuardSpec;
import io.gradstream.model.snapshots.SafetensorsSize;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a model fits a checkpoint, known before the start. A learner's state is one array of bytes, and so has 2 GiB at most: the snapshot,
 * what the guard keeps, and figures, offsets and rows that wait, for which 64 MiB are left.
 */
public final class SnapshotLimit {

    static final long MOST = SafetensorsSize.LARGEST - (64L << 20);

    private SnapshotLimit() {}

    /** Why no checkpoint can ever be made. */
    static Optional<String> problem(Memory memory, GuardSpec guard) {
        return memory.snapshot() + guarded(guard, memory.guard()) <= MOST
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "a snapshot of it would have %d bytes%s, wanted at most %d, which a checkpoint can hold; make its"
                                + " largest layers or batch-size smaller, or take an optimizer that keeps fewer numbers"
                                + " a weight%s",
                        memory.snapshot(),
                        kept(guard, memory.guard()),
                        MOST,
                        orNoGuard(guard)));
    }

    /** Why checkpoints may fail one day: its tables grow with the categories that come. */
    public static Optional<String> warning(ModelSpec model, GuardSpec guard) {
        Memory memory = Memory.of(model);
        return memory.snapshotAtMost() <= MOST - guarded(guard, memory.guardAtMost())
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "once all rows of its tables are used, a snapshot of the model would have %d bytes%s; a checkpoint can"
                                + " hold %d, and fails beyond that: give features fewer buckets, embeddings fewer"
                                + " numbers, or take an optimizer that keeps fewer a weight%s",
                        memory.snapshotAtMost(),
                        kept(guard, memory.guardAtMost()),
                        MOST,
                        orNoGuard(guard)));
    }

    private static long guarded(GuardSpec guard, long bytes) {
        return guard.enabled() ? Math.min(bytes, MOST) : 0;
    }

    private static String kept(GuardSpec guard, long bytes) {
        return guard.enabled() ? " and the guard's last good version " + bytes : "";
    }

    private static String orNoGuard(GuardSpec guard) {
        return guard.enabled() ? "; or set guard.enabled: false" : "";
    }
}
