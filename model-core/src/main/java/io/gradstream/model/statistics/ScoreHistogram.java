package io.gradstream.model.statistics;

import java.util.Arrays;

/**
 * Counts of the probabilities served to examples that turned out 1 and 0, in fixed bins, for the area under the ROC curve.
 *
 * <p>The area is the share of pairs (one example that turned out 1, one 0) whose scores are in the right order, ties counted half (Mann
 * and Whitney 1947; Hanley and McNeil 1982). Pairs in different bins are counted exactly, since bins are in order; a pair inside one
 * bin is counted half. So the true area is within half the share of such pairs: {@link #error()} is that bound, not an estimate.
 *
 * <p>Bins are as fine as floats are near 0 and near 1, where the scores of rare events lie: the distance from the nearer end is cut
 * at every 256th of each power of two from 2^-17 up to 1/2. The relative width of a bin is below 0.4 %.
 */
final class ScoreHistogram {
    private static final int CUT_BITS = 23 - 8;
    private static final int LEAST = Float.floatToIntBits(0x1p-17f) >> CUT_BITS;
    private static final int HALF = (Float.floatToIntBits(0.5f) >> CUT_BITS) - LEAST + 1;
    static final int BINS = 2 * HALF + 1;

    private final long[] ones = new long[BINS];
    private final long[] zeros = new long[BINS];

    /** From 0 for probability 0 up to BINS - 1 for 1, never falling. */
    static int bin(float probability) {
        return probability < 0.5f ? fromEnd(probability) : BINS - 1 - fromEnd(1 - probability);
    }

    private static int fromEnd(float distance) {
        return Math.max(0, (Float.floatToIntBits(distance) >> CUT_BITS) - LEAST + 1);
    }

    void add(float probability, boolean one) {
        (one ? ones : zeros)[bin(probability)]++;
    }

    /** 1/2 while there is no pair. */
    double area() {
        double right = 0;
        long zerosBelow = 0;
        for (int bin = 0; bin < BINS; bin++) {
            right += ones[bin] * (zerosBelow + 0.5 * zeros[bin]);
            zerosBelow += zeros[bin];
        }
        double pairs = pairs();
        return pairs == 0 ? 0.5 : right / pairs;
    }

    /** The true area is at most this far from {@link #area()}; 1/2 while there is no pair. */
    double error() {
        double undecided = 0;
        for (int bin = 0; bin < BINS; bin++) {
            undecided += (double) ones[bin] * zeros[bin];
        }
        double pairs = pairs();
        return pairs == 0 ? 0.5 : 0.5 * undecided / pairs;
    }

    private double pairs() {
        return (double) Counts.sum(ones) * Counts.sum(zeros);
    }

    void clear() {
        Arrays.fill(ones, 0);
        Arrays.fill(zeros, 0);
    }

    void write(StateOutput out) {
        out.counts(ones);
        out.counts(zeros);
    }

    void read(StateInput in) {
        in.counts(ones);
        in.counts(zeros);
    }
}
