package io.gradstream.model;

import io.gradstream.model.guard.Guard;
import io.gradstream.model.guard.GuardSpec;
import io.gradstream.model.snapshots.SnapshotException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Scores and learns with one copy of the weights. One thread. Its whole state, also rows of an unfinished mini-batch, is in its
 * {@link #snapshot}; a learner read from it goes on with the same bits.
 *
 * <p>A mini-batch whose loss or gradient is not finite, or far too large, is left out: counted, and otherwise as if it had never come.
 */
public final class Learner {
    /** Scores go through the plan in parts of so many rows, or of a mini-batch if that is larger. */
    private static final int SCORING_ROWS = 64;

    private final LearnerState state;
    private final InputLayout layout;
    private final Scoring scoring;
    private final RowCheck check;
    private final TargetCheck targets;
    private final Steps steps;
    private final Guard guard;

    Learner(LearnerState state, GuardSpec guard) {
        this.state = state;
        this.layout = state.compiled().spec().layout();
        Compiled compiled = state.compiled();
        ModelSpec spec = compiled.spec();
        Plan plan = compiled.plan(capacity(spec), true);
        this.check = new RowCheck(spec);
        this.targets = new TargetCheck(spec, compiled.outputs());
        this.scoring = new Scoring(compiled, plan, check);
        this.guard = guard.enabled()
                ? new Guard(
                        guard,
                        spec,
                        compiled.outputs(),
                        compiled.layout(),
                        state.weights(),
                        state.optimizer(),
                        state.steps())
                : null;
        this.steps = new Steps(state, plan, this.guard);
    }

    LearnerState state() {
        return state;
    }

    static int capacity(ModelSpec spec) {
        return Math.max(SCORING_ROWS, spec.batchSize());
    }

    /**
     * A learner from scratch, with a fresh random lineage.
     *
     * @throws io.gradstream.model.layers.ShapeException if the layers do not fit, or the heap has no room for them
     */
    public static Learner create(ModelSpec spec) {
        return create(spec, GuardSpec.OFF);
    }

    /** The same, with a {@link #guard} if that is enabled. */
    public static Learner create(ModelSpec spec, GuardSpec guard) {
        String lineage = UUID.randomUUID().toString();
        Compiled compiled = Compiled.of(spec);
        try {
            return new Learner(LearnerState.create(compiled, lineage, guard.enabled()), guard);
        } catch (OutOfMemoryError e) {
            throw HeapCheck.full(compiled, guard.enabled(), e);
        }
    }

    /**
     * A learner that goes on where the snapshot was made.
     *
     * @throws SnapshotException if it is torn, altered, of an unknown version, or no snapshot at all
     */
    public static Learner read(byte[] snapshot) throws SnapshotException {
        return SnapshotReader.open(snapshot).learner();
    }

    /**
     * The same with a spec of its own, of which schedule, clipping, batch size and learning rate may be others; see {@link
     * ModelSpec#difference}. If more rows are pending than its mini-batch has, the steps that they fill are made at once.
     *
     * @throws SnapshotException also if the specs differ in more than that, naming the first setting that does
     */
    public static Learner read(byte[] snapshot, ModelSpec spec) throws SnapshotException {
        return read(snapshot, spec, GuardSpec.OFF, new byte[0]);
    }

    /**
     * The same, with a {@link #guard} if that is enabled, which goes on where its state was taken.
     *
     * @param guardState {@link Guard#state} of the same moment as the snapshot; empty, or of an {@link Guard#isOlder older} version: the
     *     guard begins anew
     * @throws SnapshotException also if that state is torn, or of another model
     */
    public static Learner read(byte[] snapshot, ModelSpec spec, GuardSpec guard, byte[] guardState)
            throws SnapshotException {
        return SnapshotReader.open(snapshot).learner(spec, guard, guardState);
    }

    /** The widths of a row. */
    public InputLayout layout() {
        return layout;
    }

    /** Scores of a row: 1 for binary and regression, the number of classes for multiclass. */
    public int outputs() {
        return state.compiled().outputs();
    }

    /** What it learns. */
    public ModelSpec spec() {
        return state.compiled().spec();
    }

    /** Random id of the run from scratch that this one goes on from. */
    public String lineage() {
        return state.lineage();
    }

    /**
     * As {@link Scorer#score}, with the weights as they are now; also in what a finite row gets whose arithmetic overflows. To learn such
     * a row skips its mini-batch, see {@link #skippedSteps}.
     */
    public void score(Batch batch, float[] out) {
        scoring.score(state.weights(), batch, out);
    }

    /**
     * Copies one row into the mini-batch, and learns the mini-batch if that filled it.
     *
     * @param numbers may be null where no numbers are wanted, as may {@code ids} where no ids are
     * @param target 0 or 1; the class index; or the value, by {@link Task}
     * @param weight of the row in the loss, 0 or more
     * @return whether the mini-batch was full, and so was learned (or, its gradient not being finite, skipped)
     * @throws IllegalArgumentException if the row, target or weight is impossible; nothing has changed then
     */
    public boolean learn(float[] numbers, int numbersAt, int[] ids, int idsAt, float target, float weight) {
        layout.check(numbers, numbersAt, ids, idsAt);
        check.check(numbers, numbersAt, ids, idsAt, 1);
        targets.check(target, weight);
        return add(numbers, numbersAt, ids, idsAt, target, weight);
    }

    /**
     * The same for all rows of a batch, one after another: as {@link #learn(float[], int, int[], int, float, float)} of each, in fewer and longer
     * copies and checks. The batch may be larger or smaller than a mini-batch, and stays as it is.
     *
     * @param targets one for each row
     * @param weights one for each row
     * @return how many mini-batches were filled, and so learned or skipped
     * @throws IllegalArgumentException if any row, target or weight is impossible, or there are fewer of these than rows; nothing has changed then
     */
    public int learn(Batch batch, float[] targets, float[] weights) {
        check.check(batch);
        this.targets.check(targets, weights, batch.size());
        PendingRows pending = state.pending();
        int filled = 0;
        for (int row = 0; row < batch.size(); ) {
            if (pending.size() == 0 && batch.size() - row >= pending.capacity()) {
                learnInPlace(batch, row, targets, weights);
                row += pending.capacity();
                filled++;
            } else {
                row += pending.add(batch, row, targets, weights);
                if (pending.isFull()) {
                    steps.step();
                    filled++;
                }
            }
        }
        return filled;
    }

    /** A whole mini-batch of rows that have been checked is not copied. */
    private void learnInPlace(Batch batch, int from, float[] targets, float[] weights) {
        state.pending().lend(batch, from, targets, weights);
        try {
            steps.step();
        } finally {
            // Also after an error: these rows are the caller's.
            state.pending().clear();
        }
    }

    /** A row that has been checked. */
    boolean add(float[] numbers, int numbersAt, int[] ids, int idsAt, float target, float weight) {
        state.pending().add(numbers, numbersAt, ids, idsAt, target, weight);
        if (!state.pending().isFull()) {
            return false;
        }
        steps.step();
        return true;
    }

    /** Rows in the mini-batch that wait for a step. */
    public int pending() {
        return state.pending().size();
    }

    /** Learns a partly filled mini-batch; does nothing if no row is pending. */
    public void stepNow() {
        if (state.pending().size() > 0) {
            steps.step();
        }
    }

    /** Steps made, which is the model's version. */
    public long steps() {
        return state.steps();
    }

    /** Rows learned in those steps. */
    public long examples() {
        return state.examples();
    }

    /** Mini-batches left out because their loss or gradient was not finite. */
    public long skippedSteps() {
        return state.skipped();
    }

    /** The mean loss of the last mini-batch that was learned, before its step; NaN before the first. */
    public float lastLoss() {
        return state.lastLoss();
    }

    /** Time that the last step of this object took, in nanoseconds; 0 before the first. */
    public long lastStepNanos() {
        return steps.lastNanos();
    }

    /**
     * What guards its steps, if anything does: when they ruin the model, the learner goes back to its last good version, which is the one that it
     * began with until a window has gone well, and on with a lower learning rate. Its own count of {@link #steps} never goes back. The guard has
     * a state beside the learner's own.
     */
    public Optional<Guard> guard() {
        return Optional.ofNullable(guard);
    }

    /** How often the guard went back to the last good version; 0 without one. */
    public long rollbacks() {
        return guard == null ? 0 : guard.rollbacks();
    }

    /** An immutable copy of the model as it is now, with nothing in {@link SnapshotInfo#about}. */
    public Model model() {
        return new Model(state.compiled(), state.weights().copy(), new SnapshotWriter(state).info());
    }

    /**
     * The whole state as safetensors bytes.
     *
     * @param about the caller's own metadata, kept under its keys, which may not start with {@code gradstream.}
     */
    public byte[] snapshot(Map<String, String> about) {
        return new SnapshotWriter(state).write(about);
    }
}
