package io.gradstream.model.statistics;

import java.util.Arrays;

/**
 * Whether probabilities mean what they say: expected calibration error (Naeini, Cooper and Hauskrecht 2015). Probabilities fall into 10
 * bins of equal width; the error is the mean over all examples of |mean probability - share that came true| of the example's bin.
 */
final class Calibration {
    private static final int BINS = 10;

    private final long[] examples = new long[BINS];
    private final long[] cameTrue = new long[BINS];
    private final double[] probabilities = new double[BINS];

    void add(double probability, boolean true_) {
        int bin = Math.min(BINS - 1, (int) (probability * BINS));
        examples[bin]++;
        cameTrue[bin] += true_ ? 1 : 0;
        probabilities[bin] += probability;
    }

    /** 0 to 1; 0 while there is no example. */
    double error() {
        double distance = 0;
        long all = 0;
        for (int bin = 0; bin < BINS; bin++) {
            distance += Math.abs(probabilities[bin] - cameTrue[bin]);
            all += examples[bin];
        }
        return all == 0 ? 0 : distance / all;
    }

    void clear() {
        Arrays.fill(examples, 0);
        Arrays.fill(cameTrue, 0);
        Arrays.fill(probabilities, 0);
    }

    void write(StateOutput out) {
        out.counts(examples);
        out.counts(cameTrue);
        out.numbers(probabilities);
    }

    void read(StateInput in) {
        in.counts(examples);
        in.counts(cameTrue);
        in.numbers(probabilities);
    }
}
