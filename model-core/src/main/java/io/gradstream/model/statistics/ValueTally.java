package io.gradstream.model.statistics;

import java.util.List;

/**
 * Regression. y is the outcome, s the served value, n the number of examples; the spread of y is kept by Welford's (1962) recurrence, which
 * does not cancel.
 */
final class ValueTally implements Tally {
    private static final List<String> NAMES = List.of("mae", "rmse", "r2", "mean-mae", "last-mae");

    private long examples;
    private double absolute;
    private double squared;
    private double mean;
    private double spread;
    private double absoluteOfMean;
    private double absoluteOfLast;

    @Override
    public List<String> names() {
        return NAMES;
    }

    /** The error, with its sign. */
    @Override
    public double loss(float[] served, int at, float target) {
        return (double) served[at] - target;
    }

    @Override
    public void add(float[] served, int at, float target, double error, float meanServed, float lastServed) {
        absolute += Math.abs(error);
        squared += error * error;
        absoluteOfMean += Math.abs((double) meanServed - target);
        absoluteOfLast += Math.abs((double) lastServed - target);
        examples++;
        double fromMean = target - mean;
        mean += fromMean / examples;
        spread += fromMean * (target - mean);
    }

    @Override
    public void metrics(double[] into) {
        double n = Math.max(1, examples);
        into[0] = absolute / n;
        into[1] = Math.sqrt(squared / n);
        into[2] = spread > 0 ? 1 - squared / spread : 0;
        into[3] = absoluteOfMean / n;
        into[4] = absoluteOfLast / n;
    }

    @Override
    public void clear() {
        examples = 0;
        absolute = squared = mean = spread = absoluteOfMean = absoluteOfLast = 0;
    }

    @Override
    public void write(StateOutput out) {
        out.count(examples);
        out.numbers(new double[] {absolute, squared, mean, spread, absoluteOfMean, absoluteOfLast});
    }

    @Override
    public void read(StateInput in) {
        examples = in.count();
        absolute = in.number();
        squared = in.number();
        mean = in.number();
        spread = in.number();
        absoluteOfMean = in.number();
        absoluteOfLast = in.number();
    }
}
