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
 * <p>How. Losses are averaged over blocks of 64 rows, or a mini-batch if that is larger. A one-sided cumulative sum (Page 1954) over blocks, of
 * by how much the model is worse than a {@link ConstantModel} and a margin, raises a suspicion. While there is one, the rows are scored by the
 * present and by the last good version, and two more sums say which of them is the better: the last good one is gone back to, or the present one
 * becomes the last good one. The latter it becomes, too, after each window without a suspicion in which it was as good as the baseline, and
 * after one under suspicion in which the last good version was no better.
 *
 * <p>Differences are measured against a slow mean of the baseline's loss, and limited: no block decides anything alone, however large its loss
 * is, or if it is no number.
 */
public final class Guard {
    /** What a sum comes to before it decides. */
    static final double PATIENCE = 3;

    private static final int VERSION = 3;
    private static final long HEADER_BYTES = Integer.BYTES + Float.BYTES + 3L * Double.BYTES + 3L * Long.BYTES;
    private static final long SUMS_BYTES = Block.BYTES + Suspicion.BYTES + Comparison.BYTES;

    private final GuardSpec spec;
    private final float learningRate;
    private final Optimizer optimizer;
    private final ConstantModel baseline;
    private final LossScale scale;
    private final LastGood lastGood;
    private final Probing probing;
    private final Suspicion suspicion;

    private final Block block = new Block();
    private final Comparison comparison = new Comparison();
    /** Since the window, or the suspicion, began. */
    private long examples;
    /** By how much the model was worse than the baseline since then. */
    private double balance;

    private float baselineLoss;
    private long rollbacks;
    private long goodStep;
    private Rollback last;

    /**
     * A guard that takes the present version for good.
     *
     * @param outputs of a row
     * @param steps made so far
     */
    public Guard(
            GuardSpec spec,
            ModelSpec model,
            int outputs,
            ParameterLayout layout,
            Weights weights,
            Optimizer optimizer,
            long steps) {
        this.spec = spec;
        this.learningRate = model.optimizer().learningRate();
        this.optimizer = optimizer;
        this.baseline = new ConstantModel(model.task(), model.loss(), model.batchSize(), outputs);
        this.scale = new LossScale(spec.window());
        this.lastGood = new LastGood(layout, weights, optimizer);
        this.probing = new Probing(optimizer, spec.backOff());
        this.suspicion = new Suspicion(spec.margin());
        this.goodStep = steps;
    }

    /**
     * Takes note of a mini-batch that is about to be learned.
     *
     * @param loss the model's mean loss of it
     * @param steps made so far
     * @return whether it has to be scored by both versions, see {@link #judge}
     */
    public boolean suspects(float loss, float[] targets, float[] weights, int rows, long steps) {
        baselineLoss = baseline.judge(targets, weights, rows);
        scale.add(baselineLoss, rows);
        if (!suspicion.isThere()) {
            add(rows, loss, loss);
            if (block.isFull()) {
                watch(steps);
                block.clear();
            }
            return false;
        }
        return true;
    }

    private void add(int rows, float present, float good) {
        block.add(rows, present, good, baselineLoss);
        examples += Math.min(rows, Block.ROWS);
    }

    private void watch(long steps) {
        balance += suspicion.add(scale, block) + spec.margin();
        if (suspicion.isThere()) {
            begin();
        } else if (examples >= spec.window()) {
            endWindow(steps);
        }
    }

    private void endWindow(long steps) {
        double margin = spec.margin() * examples / Block.ROWS;
        if (balance <= 0) {
            probing.wentWell();
        }
        if (balance <= margin) {
            keep(steps);
        }
        begin();
    }

    /** A window begins, or a comparison. */
    private void begin() {
        comparison.begin();
        examples = 0;
        balance = 0;
    }

    /** The present version is the last good one from here on. */
    public void keep(long steps) {
        lastGood.keep();
        goodStep = steps;
    }

    /** Exchanges the present version and the last good one. */
    public void exchange() {
        lastGood.exchange();
    }

    /**
     * Compares the two on one mini-batch, both as they would score it. If that decides it, the better one is both from here on.
     *
     * @param present mean loss of the present version
     * @param good mean loss of the last good version
     * @param steps made so far
     */
    public void judge(float present, float good, int rows, long steps) {
        add(rows, present, good);
        if (block.isFull()) {
            compare(steps);
            block.clear();
        }
    }

    private void compare(long steps) {
        suspicion.add(scale, block);
        comparison.add(scale, block);
        boolean over = examples >= spec.window();
        double worseBy = comparison.balance();
        if (!suspicion.isThere()) {
            begin();
        } else if (comparison.isWorse() || (over && worseBy >= PATIENCE && optimizer.factor() < 1)) {
            goBack(steps);
        } else if (over && worseBy <= 0) {
            probing.wentWell();
            keep(steps);
            begin();
        } else if (comparison.isBetter()) {
            keep(steps);
            comparison.beginSums();
        }
    }

    private void goBack(long steps) {
        lastGood.exchange();
        probing.wentBack();
        rollbacks++;
        last = new Rollback(
                rollbacks, steps - goodStep, block.present(), block.good(), block.baseline(), optimizer.factor());
        keep(steps);
        suspicion.end();
        begin();
    }

    /** How often the last good version was gone back to. */
    public long rollbacks() {
        return rollbacks;
    }

    /** Whether mini-batches are scored by the last good version, too, since the model is worse than the baseline. */
    public boolean suspected() {
        return suspicion.isThere();
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
        long bytes = HEADER_BYTES + SUMS_BYTES + Probing.BYTES + baseline.bytes() + lastGood.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("the guard's state has " + bytes + " bytes, a checkpoint can hold "
                    + (Integer.MAX_VALUE - 8) + "; set guard.enabled: false, or make the model smaller");
        }
        ByteBuffer out = ByteBuffer.allocate((int) bytes);
        out.putInt(VERSION).putFloat(learningRate).putDouble(optimizer.factor());
        out.putLong(rollbacks).putLong(goodStep).putLong(examples);
        out.putDouble(balance).putDouble(scale.value());
        block.write(out);
        suspicion.write(out);
        comparison.write(out);
        probing.write(out);
        baseline.write(out);
        lastGood.write(out);
        return out.array();
    }

    /** Whether a state is of an older version, which {@link #restore} does not read; a guard begins anew then. */
    public static boolean isOlder(byte[] state) {
        return state.length >= Integer.BYTES && ByteBuffer.wrap(state).getInt() < VERSION;
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
            goodStep = in.getLong();
            examples = in.getLong();
            balance = in.getDouble();
            scale.value(in.getDouble());
            block.read(in);
            suspicion.read(in);
            comparison.read(in);
            probing.read(in);
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
