package io.gradstream.model.statistics;

import java.util.Arrays;

/**
 * Which classes were predicted and which came, as far as the metrics need it: for each class how often it came (t), was predicted (p)
 * and both (h). n is the number of examples, N the square of n.
 */
final class Confusions {
    private final long[] came;
    private final long[] predicted;
    private final long[] hits;

    Confusions(int classes) {
        came = new long[classes];
        predicted = new long[classes];
        hits = new long[classes];
    }

    void add(int prediction, int target) {
        came[target]++;
        predicted[prediction]++;
        hits[target] += prediction == target ? 1 : 0;
    }

    long examples() {
        return Counts.sum(came);
    }

    /** sum h / n. */
    double accuracy() {
        return ratio(Counts.sum(hits), examples());
    }

    /** Mean of h / t over the classes that came (Brodersen et al. 2010). */
    double balancedAccuracy() {
        double sum = 0;
        int classes = 0;
        for (int each = 0; each < came.length; each++) {
            sum += recall(each);
            classes += came[each] > 0 ? 1 : 0;
        }
        return classes == 0 ? 0 : sum / classes;
    }

    /** h / p of one class; 0 if it was never predicted. */
    double precision(int each) {
        return ratio(hits[each], predicted[each]);
    }

    /** h / t of one class; 0 if it never came. */
    double recall(int each) {
        return ratio(hits[each], came[each]);
    }

    /** The harmonic mean of precision and recall, 2 h / (t + p) (van Rijsbergen 1979); 0 if the class neither came nor was predicted. */
    double f1(int each) {
        return ratio(2 * hits[each], came[each] + predicted[each]);
    }

    /** Mean of {@link #precision} over the classes that came or were predicted. */
    double macroPrecision() {
        double sum = 0;
        for (int each = 0; each < came.length; each++) {
            sum += precision(each);
        }
        return sum / Math.max(1, seen());
    }

    /** Mean of {@link #recall} over the classes that came or were predicted. */
    double macroRecall() {
        double sum = 0;
        for (int each = 0; each < came.length; each++) {
            sum += recall(each);
        }
        return sum / Math.max(1, seen());
    }

    /** Mean of {@link #f1} over the classes that came or were predicted. */
    double macroF1() {
        double sum = 0;
        for (int each = 0; each < came.length; each++) {
            sum += f1(each);
        }
        return sum / Math.max(1, seen());
    }

    private int seen() {
        int seen = 0;
        for (int each = 0; each < came.length; each++) {
            seen += came[each] + predicted[each] > 0 ? 1 : 0;
        }
        return seen;
    }

    /**
     * Agreement beyond chance (Cohen 1960): (a - c) / (1 - c) with a the accuracy and c = sum t p / N. 0 if c is 1, that is if only one
     * class came and only it was predicted.
     */
    double kappa() {
        double n = examples();
        double chance = 0;
        for (int each = 0; each < came.length; each++) {
            chance += came[each] / Math.max(1, n) * (predicted[each] / Math.max(1, n));
        }
        return n == 0 || chance == 1 ? 0 : (accuracy() - chance) / (1 - chance);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    void clear() {
        Arrays.fill(came, 0);
        Arrays.fill(predicted, 0);
        Arrays.fill(hits, 0);
    }

    void write(StateOutput out) {
        out.counts(came);
        out.counts(predicted);
        out.counts(hits);
    }

    void read(StateInput in) {
        in.counts(came);
        in.counts(predicted);
        in.counts(hits);
    }
}
