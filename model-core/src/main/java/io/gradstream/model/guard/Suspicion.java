package io.gradstream.model.guard;

import java.nio.ByteBuffer;

/** A one-sided cumulative sum of by how much a model is worse than the baseline and a margin: a suspicion from a limit on, until it is nought. */
final class Suspicion {
    /** What a block adds at most. */
    private static final double MOST = 4;

    static final long BYTES = Double.BYTES + 1;

    private final double margin;
    private double excess;
    private boolean suspected;

    Suspicion(double margin) {
        this.margin = margin;
    }

    /** Adds a block, and returns by how much the model was worse. The sum is capped at twice the limit, so that a suspicion ends. */
    double add(LossScale scale, Block block) {
        double difference = scale.difference(block.present(), block.baseline(), MOST) - margin;
        excess = Math.max(0, Math.min(2 * Guard.PATIENCE, excess + difference));
        suspected = suspected ? excess > 0 : excess >= Guard.PATIENCE;
        return difference;
    }

    boolean isThere() {
        return suspected;
    }

    void end() {
        excess = 0;
        suspected = false;
    }

    void write(ByteBuffer out) {
        out.putDouble(excess).put((byte) (suspected ? 1 : 0));
    }

    void read(ByteBuffer in) {
        excess = in.getDouble();
        suspected = in.get() != 0;
    }
}
