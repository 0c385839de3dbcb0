package io.gradstream.model.guard;

import io.gradstream.model.ModelSpec;
import io.gradstream.model.optimizers.Optimizer;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.Weights;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Notices that a model has become bad, by the loss of each mini-batch before it is learned, and finds out whether its own steps are to
 * blame: then it goes back to the last good version, and on with a lower learning rate. All of it depends on the learned rows alone.
 *
 * <p>How. A one-sided cumulative sum (Page 1954) adds up by how much the model is worse than a {@link ConstantModel}, and a margin.
 * Once that is as much as {@link #PATIENCE} examples of the baseline's loss, the mini-batches that follow are scored by the last good version, too, before
 * they are learned ({@link Trial}). If that version is better the present one is given up: where it is so by a whole loss of the baseline, soon;
 * else after a window. If it is not, the world has changed and not the model: it goes on learning. A mini-batch whose loss is no number is tried at once; where the last good version's is none either, the
 * rows are at fault.
 *
 * <p>What is good. A version that stood at the end of a window in which nothing was suspected, and whose loss of the mini-batch that it meets next
 * is that of the baseline or better, up to the margin; before the first, the one that the guard began with, which is gone back to only from what is
 * far worse, since a model may learn slowly at first.
 */
public final class Guard {
    /** Suspicion begins at so many examples of the baseline's loss, and is capped at twice as many, so that it also ends. */
    private static final double PATIENCE = 64;

    /** Losses beyond this are of rows that no mean should be made of. */
    private static final float LARGEST = 1e30f;

    /** What two versions must differ by on the same rows, in margins. */
    private static final double CLEARER = 5;

    private static final double LEAST_SCALE = 1e-6;
    private static final double LEAST_FACTOR = 1e-6;
    private static final double NEARLY_ONE = 0.99;
    private static final int VERSION = 1;
    private static final long HEADER_BYTES = 2L * Integer.BYTES + 2 + 2L * Double.BYTES + 4L * Long.BYTES;

    private final GuardSpec spec;
    private final float learningRate;
    private final Optimizer optimizer;
    private final ConstantModel baseline;
    private final LastGood lastGood;
    private final Trial trial = new Trial();
    private final Search search = new Search();

    private double excess;
    private boolean onTrial;
    /** Whether the last good version was kept after a window that went well; the first one was not. */
    private boolean proven;

    private float baselineLoss;
    private long sinceKept;
    private long rollbacks;
    /** Steps that were taken back. */
    private long lost;
    /** The optimizer's count of steps at the last good version. */
    private long goodStep;

    private Rollback last;

    /**
     * A guard that takes the present version for good.
     *
     * @param outputs of a row
     * @param steps made so far
     */
    public Guard(GuardSpec spec, ModelSpec model, int outputs, Weights weights, Optimizer optimizer, long steps) {
        this.spec = spec;
        this.learningRate = model.optimizer().learningRate();
        this.optimizer = optimizer;
        this.baseline = new ConstantModel(model.task(), model.loss(), model.batchSize(), outputs);
        this.lastGood = new LastGood(weights, optimizer);
        this.goodStep = steps;
    }

    /** Bytes that a guard of this model needs from the start. */
    public static long fixedBytes(ModelSpec model, ParameterLayout layout, int outputs) {
        return LastGood.fixedBytes(layout, model.optimizer().slotNames().size())
                + ConstantModel.floats(model.loss(), model.batchSize(), outputs) * Float.BYTES;
    }

    /** Bytes that it comes to need for sparse tables if every row was changed since the last good version. */
    public static long sparseAtMost(ModelSpec model, ParameterLayout layout) {
        return LastGood.sparseAtMost(layout, model.optimizer().slotNames().size());
    }

    /**
     * Takes note of a mini-batch that is about to be learned.
     *
     * @param loss the model's mean loss of it
     * @param steps made so far
     * @return whether it has to be scored by the last good version too, see {@link #judge}
     */
    public boolean suspects(float loss, float[] targets, float[] weights, int rows, long steps) {
        baselineLoss = baseline.judge(targets, weights, rows);
        if (!Float.isFinite(loss)) {
            return true;
        }
        double scale = Math.max(Math.abs(baselineLoss), LEAST_SCALE);
        if (scale < LARGEST) {
            double worse = ((double) loss - baselineLoss) / scale - spec.margin();
            excess = Math.max(0, Math.min(2 * PATIENCE, excess + rows * worse));
            search.add(rows, loss, baselineLoss);
            suspect();
            window(rows, worse <= 0, steps);
        }
        return onTrial;
    }

    private void suspect() {
        if (onTrial && excess == 0) {
            onTrial = false;
            sinceKept = search.isOn() ? sinceKept : 0;
        } else if (!onTrial && excess >= PATIENCE) {
            onTrial = true;
            trial.begin();
        }
    }

    private void window(int rows, boolean well, long steps) {
        sinceKept += rows;
        if (sinceKept < spec.window()) {
            return;
        }
        if (search.isOn() && !search.isWell()) {
            sinceKept = 0;
            if (search.lowers()) {
                lower(Math.sqrt(spec.backOff()));
            }
        } else if (!onTrial && well) {
            sinceKept = 0;
            if (search.isOn() && search.raises(rollbacks)) {
                raise();
            }
            keep(steps);
        }
    }

    private void keep(long steps) {
        lastGood.keep();
        goodStep = optimizerSteps(steps);
        proven = true;
    }

    private void raise() {
        double by = 1 / Math.sqrt(spec.backOff());
        if (optimizer.factor() * by < NEARLY_ONE) {
            optimizer.multiply(by);
        } else {
            optimizer.multiply(1 / optimizer.factor());
            search.end();
        }
    }

    private void lower(double by) {
        if (optimizer.factor() * by >= LEAST_FACTOR) {
            optimizer.multiply(by);
        }
    }

    /** Exchanges the present version and the last good one. */
    public void exchange() {
        lastGood.exchange();
    }

    /**
     * Compares the two on one mini-batch.
     *
     * @param present mean loss of the present version
     * @param good mean loss of the last good version
     * @return whether to go back to the last good version
     */
    public boolean judge(float present, float good, int rows) {
        if (!Float.isFinite(good)) {
            return false;
        }
        if (!Float.isFinite(present)) {
            trial.begin();
            return true;
        }
        if (!onTrial) {
            return false;
        }
        trial.add(rows, present, good, baselineLoss);
        if (trial.isClear()) {
            return true;
        }
        if (!trial.isOver(spec.window())) {
            return false;
        }
        boolean worse = proven && trial.isWorse(CLEARER * spec.margin());
        if (!worse) {
            trial.begin();
        }
        return worse;
    }

    /** The last good version, which has been {@link #exchange exchanged} into the present one, stays, with a lower learning rate. */
    public void goBack(long steps) {
        long taken = optimizerSteps(steps) - goodStep;
        lost = steps - goodStep;
        lower(spec.backOff());
        search.begin();
        lastGood.keep();
        rollbacks++;
        excess = 0;
        onTrial = false;
        sinceKept = 0;
        last = new Rollback(
                rollbacks, taken, trial.presentLoss(), trial.goodLoss(), trial.baselineLoss(), optimizer.factor());
    }

    /** The optimizer's count of steps: those that were not taken back. */
    public long optimizerSteps(long steps) {
        return steps - lost;
    }

    /** How often the last good version was gone back to. */
    public long rollbacks() {
        return rollbacks;
    }

    /** Whether mini-batches are scored by the last good version, too, since the model is worse than the baseline. */
    public boolean onTrial() {
        return onTrial;
    }

    /** The last rollback since this object is there, or null. */
    public Rollback lastRollback() {
        return last;
    }

    /** What the learning rate is multiplied with now. */
    public double factor() {
        return optimizer.factor();
    }

    /**
     * The whole state: version, learning rate, factor, counts, sums, the baseline, the last good version.
     *
     * @throws IllegalStateException if that is more than an array can hold
     */
    public byte[] state() {
        long bytes = HEADER_BYTES + Trial.BYTES + Search.BYTES + baseline.bytes() + lastGood.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("the guard's state has " + bytes + " bytes, a checkpoint can hold "
                    + (Integer.MAX_VALUE - 8) + "; set guard.enabled: false, or make the model smaller");
        }
        ByteBuffer out = ByteBuffer.allocate((int) bytes);
        out.putInt(VERSION).putFloat(learningRate).putDouble(optimizer.factor());
        out.putLong(rollbacks).putLong(lost).putLong(goodStep).putLong(sinceKept);
        out.putDouble(excess).put((byte) (onTrial ? 1 : 0)).put((byte) (proven ? 1 : 0));
        trial.write(out);
        search.write(out);
        baseline.write(out);
        lastGood.write(out);
        return out.array();
    }

    /**
     * Goes on where {@link #state} was taken, of a learner of the same model; but with the learning rate as it is written, if that is
     * another one now.
     *
     * @throws IllegalArgumentException if the state is of another version, torn, or of another model
     */
    public void restore(byte[] state) {
        ByteBuffer in = ByteBuffer.wrap(state);
        try {
            int version = in.getInt();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "the guard's state has version " + version + ", this reads version " + VERSION);
            }
            boolean sameRate = in.getFloat() == learningRate;
            double factor = in.getDouble();
            optimizer.factor(sameRate ? factor : 1);
            rollbacks = in.getLong();
            lost = in.getLong();
            goodStep = in.getLong();
            sinceKept = in.getLong();
            excess = in.getDouble();
            onTrial = in.get() != 0;
            proven = in.get() != 0;
            trial.read(in);
            search.read(in);
            baseline.read(in);
            lastGood.read(in);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the guard's state ends too early, at byte " + state.length, e);
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("the guard's state has " + in.remaining() + " bytes too many");
        }
    }
}
