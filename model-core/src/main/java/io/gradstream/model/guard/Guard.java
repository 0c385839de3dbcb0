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
    /** What a sum comes to before it decides; a suspicion is capped at twice as much, so that it also ends. */
    private static final double PATIENCE = 3;

    /** What a block adds at most to the suspicion. */
    private static final double MOST_EXCESS = 4;

    /** What a block adds at most to the comparison of the two versions. */
    private static final double MOST_APART = 1;

    /** What the two differ by without a word on which is better. */
    private static final double ALLOWANCE = 0.1;

    private static final double LEAST_FACTOR = 1e-6;
    private static final double NEARLY_ONE = 0.99;
    private static final int VERSION = 2;
    private static final long HEADER_BYTES = Integer.BYTES + Float.BYTES + 1 + 6L * Double.BYTES + 3L * Long.BYTES;

    private final GuardSpec spec;
    private final float learningRate;
    private final Optimizer optimizer;
    private final ConstantModel baseline;
    private final LossScale scale;
    private final LastGood lastGood;
    private final Probing probing = new Probing();

    private final Block block = new Block();
    private boolean suspected;
    private double excess;
    private double worse;
    private double better;
    /** Since the window, or the suspicion, began. */
    private long examples;
    /** By how much the model was worse than the baseline since then; under suspicion, than the last good version. */
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
     * @return whether it has to be scored by both versions, see {@link #judge}
     */
    public boolean suspects(float loss, float[] targets, float[] weights, int rows, long steps) {
        baselineLoss = baseline.judge(targets, weights, rows);
        scale.add(baselineLoss, rows);
        if (!suspected) {
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
        balance += addExcess() + spec.margin();
        if (excess >= PATIENCE) {
            suspected = true;
            begin();
        } else if (examples >= spec.window()) {
            endWindow(steps);
        }
    }

    /** Adds by how much the model is worse than the baseline, and returns it. */
    private double addExcess() {
        double difference = scale.difference(block.present(), block.baseline(), MOST_EXCESS) - spec.margin();
        excess = Math.max(0, Math.min(2 * PATIENCE, excess + difference));
        return difference;
    }

    private void endWindow(long steps) {
        double margin = spec.margin() * examples / Block.ROWS;
        if (balance <= 0) {
            raiseIfDue();
        }
        if (balance <= margin) {
            keep(steps);
        }
        begin();
    }

    /** A window begins, or a comparison. */
    private void begin() {
        worse = 0;
        better = 0;
        examples = 0;
        balance = 0;
    }

    /** The present version is the last good one from here on. */
    public void keep(long steps) {
        lastGood.keep();
        goodStep = steps;
    }

    private void raiseIfDue() {
        if (!probing.raises(optimizer.factor())) {
            return;
        }
        optimizer.multiply(Math.min(1 / Math.sqrt(spec.backOff()), 1 / optimizer.factor()));
        if (optimizer.factor() > NEARLY_ONE) {
            optimizer.factor(1);
        }
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
        addExcess();
        double apart = scale.difference(block.present(), block.good(), MOST_APART);
        worse = Math.max(0, worse + apart - ALLOWANCE);
        better = Math.max(0, better - apart - ALLOWANCE);
        balance += apart;
        boolean over = examples >= spec.window();
        if (excess == 0) {
            suspected = false;
            begin();
        } else if (worse >= PATIENCE || (over && balance >= PATIENCE && optimizer.factor() < 1)) {
            goBack();
            last = new Rollback(
                    rollbacks, steps - goodStep, block.present(), block.good(), block.baseline(), optimizer.factor());
            goodStep = steps;
        } else if (over && balance <= 0) {
            raiseIfDue();
            keep(steps);
            begin();
        } else if (better >= PATIENCE) {
            keep(steps);
            worse = 0;
            better = 0;
        }
    }

    private void goBack() {
        lastGood.exchange();
        optimizer.multiply(Math.max(spec.backOff(), Math.min(1, LEAST_FACTOR / optimizer.factor())));
        lastGood.keep();
        probing.wentBack();
        rollbacks++;
        suspected = false;
        excess = 0;
        begin();
    }

    /** How often the last good version was gone back to. */
    public long rollbacks() {
        return rollbacks;
    }

    /** Whether mini-batches are scored by the last good version, too, since the model is worse than the baseline. */
    public boolean suspected() {
        return suspected;
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
        long bytes = HEADER_BYTES + Block.BYTES + Probing.BYTES + baseline.bytes() + lastGood.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("the guard's state has " + bytes + " bytes, a checkpoint can hold "
                    + (Integer.MAX_VALUE - 8) + "; set guard.enabled: false, or make the model smaller");
        }
        ByteBuffer out = ByteBuffer.allocate((int) bytes);
        out.putInt(VERSION).putFloat(learningRate).putDouble(optimizer.factor());
        out.putLong(rollbacks).putLong(goodStep).put((byte) (suspected ? 1 : 0));
        out.putDouble(excess).putDouble(worse).putDouble(better);
        out.putLong(examples).putDouble(balance).putDouble(scale.value());
        block.write(out);
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
            suspected = in.get() != 0;
            excess = in.getDouble();
            worse = in.getDouble();
            better = in.getDouble();
            examples = in.getLong();
            balance = in.getDouble();
            scale.value(in.getDouble());
            block.read(in);
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
