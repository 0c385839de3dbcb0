package io.gradstream.model.guard;

import java.nio.ByteBuffer;

/** Which of the present version and the last good one is the better, by two one-sided cumulative sums over blocks of rows that both have scored. */
final class Comparison {
    /** What a block adds at most. */
    private static final double MOST = 1;

    /** What the two differ by without a word on which is better. */
    private static final double ALLOWANCE = 0.1;

    static final long BYTES = 3L * Double.BYTES;

    private double worse;
    private double better;
    private double balance;

    /** Adds a block. */
    void add(LossScale scale, Block block) {
        double apart = scale.difference(block.present(), block.good(), MOST);
        worse = Math.max(0, worse + apart - ALLOWANCE);
        better = Math.max(0, better - apart - ALLOWANCE);
        balance += apart;
    }

    /** Whether the present version is clearly worse. */
    boolean isWorse() {
        return worse >= Guard.PATIENCE;
    }

    /** Whether the present version is clearly better. */
    boolean isBetter() {
        return better >= Guard.PATIENCE;
    }

    /** By how much the present version was worse since it began. */
    double balance() {
        return balance;
    }

    /** Begins anew. */
    void begin() {
        beginSums();
        balance = 0;
    }

    /** Both are the same version from here on. */
    void beginSums() {
        worse = 0;
        better = 0;
    }

    void write(ByteBuffer out) {
        out.putDouble(worse).putDouble(better).putDouble(balance);
    }

    void read(ByteBuffer in) {
        worse = in.getDouble();
        better = in.getDouble();
        balance = in.getDouble();
    }
}
