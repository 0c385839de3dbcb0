package io.gradstream.pipeline.config;

import io.gradstream.model.Memory;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.snapshots.SafetensorsSize;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a model fits a checkpoint, known before the start. Its snapshot is one array of bytes, and so has 2 GiB at most; beside it a
 * checkpoint keeps figures, offsets and rows that wait, for which 64 MiB are left.
 */
public final class SnapshotLimit {

    static final long MOST = SafetensorsSize.LARGEST - (64L << 20);

    private SnapshotLimit() {}

    /** Why no checkpoint can ever be made. */
    static Optional<String> problem(Memory memory) {
        return memory.snapshot() <= MOST
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "a snapshot of it would have %d bytes, wanted at most %d, which a checkpoint can hold; make its"
                                + " largest layers or batch-size smaller, or take an optimizer that keeps fewer numbers"
                                + " a weight",
                        memory.snapshot(),
                        MOST));
    }

    /** Why checkpoints may fail one day: its tables grow with the categories that come. */
    public static Optional<String> warning(ModelSpec model) {
        Memory memory = Memory.of(model);
        return memory.snapshotAtMost() <= MOST
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "once all rows of its tables are used, a snapshot of the model would have %d bytes; a checkpoint can"
                                + " hold %d, and fails beyond that: give features fewer buckets, embeddings fewer"
                                + " numbers, or take an optimizer that keeps fewer a weight",
                        memory.snapshotAtMost(),
                        MOST));
    }
}
