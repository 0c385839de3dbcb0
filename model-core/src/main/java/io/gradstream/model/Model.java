package io.gradstream.model;

import io.gradstream.model.parameters.Weights;
import io.gradstream.model.snapshots.SnapshotException;

/** Weights at one version. Immutable; threads share it, each scoring through a {@link Scorer} of its own. */
public final class Model {
    private final Compiled compiled;
    private final Weights weights;
    private final SnapshotInfo info;

    Model(Compiled compiled, Weights weights, SnapshotInfo info) {
        this.compiled = compiled;
        this.weights = weights;
        this.info = info;
    }

    /**
     * Reads the weights of a snapshot that a {@link Learner} made.
     *
     * @throws SnapshotException if it is torn, altered, of an unknown version, or no snapshot at all
     */
    public static Model read(byte[] snapshot) throws SnapshotException {
        return SnapshotReader.open(snapshot).model();
    }

    /** What it is. */
    public ModelSpec spec() {
        return compiled.spec();
    }

    /** Where it comes from. */
    public SnapshotInfo info() {
        return info;
    }

    /** The widths of a row. */
    public InputLayout layout() {
        return spec().layout();
    }

    /** Scores of a row: 1 for binary and regression, the number of classes for multiclass. */
    public int outputs() {
        return compiled.outputs();
    }

    /** A scorer for this model, with buffers for {@code maxBatch} rows; larger batches are scored in parts. */
    public Scorer scorer(int maxBatch) {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("a scorer has room for at least 1 row, was " + maxBatch);
        }
        return new Scorer(this, maxBatch);
    }

    Compiled compiled() {
        return compiled;
    }

    Weights weights() {
        return weights;
    }
}
