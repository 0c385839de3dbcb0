package io.gradstream.model.guard;

/** What differences of losses are measured against: a slow mean of the size of the baseline's loss, which no single mini-batch moves far. */
final class LossScale {
    /** A loss counts at most as so many times the mean so far. */
    private static final double FARTHEST = 10;

    private static final double LEAST = 1e-6;
    private static final double MOST = 1e30;

    private final int window;
    /** 0 before the first loss. */
    private double value;

    /** A mean over so many examples or so. */
    LossScale(int window) {
        this.window = window;
    }

    double value() {
        return value;
    }

    void value(double value) {
        this.value = value;
    }

    /** Adds the baseline's mean loss of so many rows. */
    void add(float loss, int rows) {
        double size = Math.max(LEAST, Math.min(MOST, Math.abs(loss)));
        if (Float.isNaN(loss)) {
            return;
        }
        if (value == 0) {
            value = size;
        } else {
            double share = Math.min(0.1, (double) rows / window);
            value += share * (Math.min(size, FARTHEST * value) - value);
        }
    }

    /** By how much one loss is larger than another, limited to ± {@code most}; one that is no number is the largest. */
    double difference(double loss, double than, double most) {
        boolean finite = Double.isFinite(loss);
        if (finite && Double.isFinite(than)) {
            return Math.max(-most, Math.min(most, (loss - than) / value));
        }
        return finite == Double.isFinite(than) ? 0 : finite ? -most : most;
    }
}
