package io.gradstream.model.guard;

import java.nio.ByteBuffer;

/** Sums of the losses of rows that come together as one piece of evidence. */
final class Block {
    /** Rows that are enough: of rare classes, means of fewer favour whoever is surer of the common ones. */
    static final int ROWS = 64;

    static final long BYTES = Integer.BYTES + 3L * Double.BYTES;

    private int rows;
    private double present;
    private double good;
    private double baseline;

    /** Adds the mean losses of so many rows. */
    void add(int of, double presentLoss, double goodLoss, double baselineLoss) {
        rows += of;
        present += of * presentLoss;
        good += of * goodLoss;
        baseline += of * baselineLoss;
    }

    boolean isFull() {
        return rows >= ROWS;
    }

    void clear() {
        rows = 0;
        present = 0;
        good = 0;
        baseline = 0;
    }

    /** The mean loss of the present version. */
    double present() {
        return present / rows;
    }

    /** The mean loss of the last good version. */
    double good() {
        return good / rows;
    }

    /** The mean loss of the baseline. */
    double baseline() {
        return baseline / rows;
    }

    void write(ByteBuffer out) {
        out.putInt(rows).putDouble(present).putDouble(good).putDouble(baseline);
    }

    void read(ByteBuffer in) {
        rows = in.getInt();
        present = in.getDouble();
        good = in.getDouble();
        baseline = in.getDouble();
    }
}
