package io.gradstream.model.layers;

import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Weights;
import java.util.Arrays;

/**
 * Keeps, in double precision, where no sum of squares of floats overflows, each column's count n, mean a and sum of squared deviations q. A batch with s = sum of (x - a) and t =
 * sum of (x - a)^2 makes of them n' = n + m, a' = a + s / n', q' = q + t - s^2 / n' (Chan et al. 1979, shifted to the mean so
 * far, so that nothing large cancels). A column whose deviation is below float's resolution of its mean counts as constant and
 * becomes 0. After 100 numbers, one that is more than 100 deviations from the mean counts as if it were 100: a column that really
 * moved that far is followed within a few rows, and one absurd number is soon forgotten.
 */
final class ColumnStatistics {
    private static final double CONSTANT = 1e-7;
    /** Numbers after which a deviation is trusted. */
    private static final int SETTLED = 100;
    /** In deviations from the mean. */
    private static final double FARTHEST = 100;

    private final Place place;
    private final Input in;
    private final int width;
    private final int vectors;
    private final boolean mayMiss;
    /** What deviations are taken from: the mean before the batch, or the first number there was. */
    private final double[] start;

    /** How far from it a number counts at most: no single one, however absurd, makes all others look the same. */
    private final double[] limits;

    private final double[] sums;
    private final double[] sumsOfSquares;
    private final int[] seen;

    /** Where they are among a model's statistics. */
    record Place(Statistic count, Statistic mean, Statistic squares) {}

    static Place declare(Site site, int width) {
        return new Place(
                site.positiveStatistic("count", width, 0),
                site.statistic("mean", width, 0),
                site.positiveStatistic("squares", width, 0));
    }

    /** Of the last dimension of {@code in}. */
    ColumnStatistics(Place place, Input in, Room room) {
        this.place = place;
        this.in = in;
        this.width = in.shape().last();
        this.vectors = in.shape().vectors();
        this.mayMiss = in.signal().mayMiss();
        this.start = room.doubles(width);
        this.limits = room.doubles(width);
        this.sums = room.doubles(width);
        this.sumsOfSquares = room.doubles(width);
        this.seen = room.ints(width);
    }

    double mean(Weights weights, int c) {
        return weights.statistics()[place.mean.at() + c];
    }

    double deviation(Weights weights, int c) {
        double n = weights.statistics()[place.count.at() + c];
        return n > 0 ? Math.sqrt(weights.statistics()[place.squares.at() + c] / n) : 0;
    }

    boolean isConstant(Weights weights, int c) {
        double deviation = deviation(weights, c);
        return deviation <= CONSTANT * Math.abs(mean(weights, c)) || deviation < Float.MIN_NORMAL;
    }

    /** Takes in the batch. */
    void observe(Pass pass) {
        Weights weights = pass.weights();
        double[] statistics = weights.statistics();
        Arrays.fill(sums, 0);
        Arrays.fill(sumsOfSquares, 0);
        Arrays.fill(seen, 0);
        System.arraycopy(statistics, place.mean.at(), start, 0, width);
        for (int c = 0; c < width; c++) {
            boolean settled = statistics[place.count.at() + c] >= SETTLED && !isConstant(weights, c);
            limits[c] = settled ? FARTHEST * deviation(weights, c) : Double.MAX_VALUE;
        }
        int whole = 0;
        for (int row = 0; row < pass.batch(); row++) {
            int there = in.lengths() == null
                    ? vectors
                    : in.lengths()[row] * (vectors / in.shape().dim(0));
            for (int v = 0; v < there; v++) {
                int at = (row * vectors + v) * width;
                if (mayMiss) {
                    observeThoseThere(statistics, at);
                } else {
                    if (whole++ == 0 && statistics[place.count.at()] == 0) {
                        startFrom(statistics, at);
                    }
                    observeAll(at);
                }
            }
        }
        if (whole > 0) {
            Arrays.fill(seen, whole);
        }
        addTo(statistics);
        weights.statisticsChanged();
    }

    private void startFrom(double[] statistics, int at) {
        for (int c = 0; c < width; c++) {
            start[c] = in.data()[at + c];
        }
        System.arraycopy(start, 0, statistics, place.mean.at(), width);
    }

    private void addTo(double[] statistics) {
        int squares = place.squares.at();
        for (int c = 0; c < width; c++) {
            if (seen[c] > 0) {
                double n = statistics[place.count.at() + c] + seen[c];
                statistics[place.count.at() + c] = n;
                statistics[place.mean.at() + c] += sums[c] / n;
                double q = statistics[squares + c] + sumsOfSquares[c] - sums[c] * sums[c] / n;
                statistics[squares + c] = Math.max(0, q);
            }
        }
    }

    /** One vector of which each number is there. */
    private void observeAll(int at) {
        // Locals and no branch, so that the loop is compiled to vectors.
        float[] x = in.data();
        double[] start = this.start;
        double[] limits = this.limits;
        double[] sums = this.sums;
        double[] sumsOfSquares = this.sumsOfSquares;
        for (int c = 0; c < start.length; c++) {
            double off = Math.max(-limits[c], Math.min(limits[c], x[at + c] - start[c]));
            sums[c] += off;
            sumsOfSquares[c] += off * off;
        }
    }

    private void observeThoseThere(double[] statistics, int at) {
        float[] x = in.data();
        for (int c = 0; c < width; c++) {
            float value = x[at + c];
            if (!Float.isNaN(value)) {
                if (seen[c]++ == 0 && statistics[place.count.at() + c] == 0) {
                    statistics[place.mean.at() + c] = value;
                    start[c] = value;
                }
                double off = Math.max(-limits[c], Math.min(limits[c], value - start[c]));
                sums[c] += off;
                sumsOfSquares[c] += off * off;
            }
        }
    }
}
