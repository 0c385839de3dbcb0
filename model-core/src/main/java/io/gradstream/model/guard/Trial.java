package io.gradstream.model.guard;

import java.nio.ByteBuffer;

/** The same rows scored by the present model and by the last good one, until it is clear whether the present one is worse. */
final class Trial {
    /** Rows before anything is concluded. */
    private static final int FEWEST_ROWS = 128;

    static final long BYTES = Long.BYTES + 3L * Double.BYTES;

    private long rows;
    private double present;
    private double good;
    private double baseline;

    void begin() {
        rows = 0;
        present = 0;
        good = 0;
        baseline = 0;
    }

    /** Adds the mean losses of so many rows. */
    void add(int of, double presentLoss, double goodLoss, double baselineLoss) {
        rows += of;
        present += of * presentLoss;
        good += of * goodLoss;
        baseline += of * Math.abs(baselineLoss);
    }

    /** Whether the present model is worse, and by a whole loss of the baseline. */
    boolean isClear() {
        return rows >= FEWEST_ROWS && present - good > baseline;
    }

    /** Whether so many rows have been tried. */
    boolean isOver(int window) {
        return rows >= window;
    }

    /** Whether the present model is worse by more than this part of the baseline's loss. */
    boolean isWorse(double margin) {
        return present - good > margin * baseline;
    }

    double presentLoss() {
        return present / rows;
    }

    double goodLoss() {
        return good / rows;
    }

    double baselineLoss() {
        return baseline / rows;
    }

    void write(ByteBuffer out) {
        out.putLong(rows).putDouble(present).putDouble(good).putDouble(baseline);
    }

    void read(ByteBuffer in) {
        rows = in.getLong();
        present = in.getDouble();
        good = in.getDouble();
        baseline = in.getDouble();
    }
}
