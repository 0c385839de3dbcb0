package io.gradstream.model.guard;

import java.nio.ByteBuffer;

/**
 * After a rollback: is the learning rate that was fallen back to low enough? Window by window the model is compared with the baseline; where it
 * is worse in two windows, and in the second not a fifth less so than in the first, the rate is lowered a little, without going back. Where it
 * has done well for long the rate is raised again, step by step: the rollback may have been the world's fault.
 */
final class Search {
    /** The learning rate is lowered so often at most; a stream that nothing can be learned of must not stop a learner for good. */
    private static final int MOST = 4;

    private static final double IMPROVED = 0.8;

    /** Windows that go well before the rate is raised; doubled with each rollback. */
    private static final long PATIENCE = 64;

    private static final int MOST_DOUBLINGS = 30;

    static final long BYTES = 3L * Double.BYTES + Long.BYTES + Integer.BYTES + 1;

    private boolean on;
    private int left;
    private long wellWindows;
    private double loss;
    private double baseline;
    /** By how much of the baseline's loss the model was worse in the window before. */
    private double before;

    /** Begins with the steps after a rollback. */
    void begin() {
        on = true;
        left = MOST;
        wellWindows = 0;
        loss = 0;
        baseline = 0;
        before = Double.POSITIVE_INFINITY;
    }

    boolean isOn() {
        return on;
    }

    void add(int rows, double of, double ofBaseline) {
        loss += rows * of;
        baseline += rows * ofBaseline;
    }

    /** Whether in this window the model was as good as the baseline. */
    boolean isWell() {
        return loss <= baseline;
    }

    /** A window has ended in which the model was worse than the baseline. Whether the learning rate is to be lowered. */
    boolean lowers() {
        double worse = (loss - baseline) / Math.abs(baseline);
        boolean lowers = worse > IMPROVED * before && left > 0;
        if (lowers) {
            left--;
        }
        wellWindows = 0;
        next(worse);
        return lowers;
    }

    /** A window has ended that went well. Whether the learning rate is to be raised, after so many rollbacks. */
    boolean raises(long rollbacks) {
        wellWindows++;
        boolean raises = wellWindows >= PATIENCE << Math.min(rollbacks, MOST_DOUBLINGS);
        if (raises) {
            wellWindows = 0;
            left = Math.min(MOST, left + 1);
        }
        next(Double.POSITIVE_INFINITY);
        return raises;
    }

    /** Nothing is searched for any more. */
    void end() {
        on = false;
    }

    private void next(double worse) {
        before = worse;
        loss = 0;
        baseline = 0;
    }

    void write(ByteBuffer out) {
        out.put((byte) (on ? 1 : 0)).putInt(left).putLong(wellWindows);
        out.putDouble(loss).putDouble(baseline).putDouble(before);
    }

    void read(ByteBuffer in) {
        on = in.get() != 0;
        left = in.getInt();
        wellWindows = in.getLong();
        loss = in.getDouble();
        baseline = in.getDouble();
        before = in.getDouble();
    }
}
