package io.gradstream.model.layers;

import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Weights;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Arrays;

/**
 * Subtracts from each column its running mean and divides by its running standard deviation. The statistics are part of the model:
 * of all examples learned so far, those of the mini-batch at hand included, and none that was only scored.
 *
 * @param clip results are limited to ± this; 0 = not limited
 * @param missing what a missing number becomes
 * @param indicator whether to add, after all columns, one more each: 1 where the number was missing, else 0
 */
@Kind("standardise")
@Doc("Subtracts the running mean and divides by the running standard deviation, column by column.")
public record Standardise(
        @Doc("Results are limited to ± this; 0 = not limited.") @Default("10")
        float clip,

        @Doc("What a missing number becomes.") @Default("zero")
        Missing missing,

        @Doc("Whether to add a column each that is 1 where the number was missing.") @Default("false")
        boolean indicator)
        implements LayerSpec {
    public Standardise {
        Rules.notNegative("clip", clip);
    }

    /** Limited to ± 10; what is missing becomes the mean. */
    public Standardise() {
        this(10, Missing.ZERO, false);
    }

    @Override
    public Declared declare(Site site) {
        if (site.inputs().size() != 1 || site.inputs().get(0).isIds()) {
            throw site.wrong("one input of numbers", site.inputs().get(0).text());
        }
        Shape in = site.inputs().get(0).shape();
        int width = in.last();
        Statistic count = site.positiveStatistic("count", width, 0);
        Statistic mean = site.statistic("mean", width, 0);
        Statistic squares = site.positiveStatistic("squares", width, 0);
        boolean learned = missing == Missing.LEARNED && site.inputs().get(0).mayMiss();
        Parameter defaults = learned ? site.parameter("default", Filling.ZEROS, width) : null;
        Shape out = indicator ? in.withLast(Math.multiplyExact(2, width)) : in;
        return site.outputWithSteps(out, room -> new Columns(this, count, mean, squares, defaults, room));
    }

    /**
     * Keeps, in double precision, each column's count n, mean a and sum of squared deviations q. A batch with s = sum of (x - a) and t =
     * sum of (x - a)^2 makes of them n' = n + m, a' = a + s / n', q' = q + t - s^2 / n' (Chan et al. 1979, shifted to the mean so
     * far, so that nothing large cancels). A column whose deviation is below float's resolution of its mean counts as constant and
     * becomes 0.
     */
    private static final class Columns implements Layer {
        private static final double CONSTANT = 1e-7;

        private final Input in;
        private final Value out;
        private final int width;
        private final int pitch;
        private final int vectors;
        private final float clip;
        private final boolean mayMiss;
        private final boolean indicator;
        private final int count;
        private final int mean;
        private final int squares;
        private final int defaults;
        /** What deviations are taken from: the mean before the batch, or the first number there was. */
        private final double[] start;

        private final double[] sums;
        private final double[] sumsOfSquares;
        private final int[] seen;
        /** The mean as a sum of two floats: x - high loses nothing that low does not give back. */
        private final float[] high;

        private final float[] low;
        private final float[] scale;
        private Weights known;
        private long knownVersion;

        Columns(Standardise spec, Statistic count, Statistic mean, Statistic squares, Parameter defaults, Room room) {
            this.in = room.inputs().get(0);
            this.out = room.output();
            this.width = in.shape().last();
            this.pitch = spec.indicator ? 2 * width : width;
            this.vectors = in.shape().vectors();
            this.clip = spec.clip == 0 ? Float.POSITIVE_INFINITY : spec.clip;
            this.mayMiss = in.signal().mayMiss();
            this.indicator = spec.indicator;
            this.count = count.at();
            this.mean = mean.at();
            this.squares = squares.at();
            this.defaults = defaults == null ? -1 : defaults.at();
            this.start = room.doubles(width);
            this.sums = room.doubles(width);
            this.sumsOfSquares = room.doubles(width);
            this.seen = room.ints(width);
            this.high = room.floats(width);
            this.low = room.floats(width);
            this.scale = room.floats(width);
        }

        /** out (batch, width) = (in - mean) / deviation, limited; missing = default; then (batch, width) indicators if wanted */
        @Override
        public void forward(Pass pass) {
            if (pass.learning()) {
                observe(pass);
            }
            if (known != pass.weights() || knownVersion != pass.weights().statisticsVersion()) {
                refresh(pass.weights());
            }
            float[] dense = pass.dense();
            int rows = pass.batch() * vectors;
            RowKernels.standardizeRows(
                    rows, width, in.data(), 0, width, high, 0, low, 0, scale, 0, clip, out.data(), 0, pitch);
            if (!mayMiss && !indicator) {
                return;
            }
            for (int row = 0; row < rows; row++) {
                if (mayMiss) {
                    fillMissing(dense, in.data(), row * width, out.data(), row * pitch);
                } else {
                    Arrays.fill(out.data(), row * pitch + width, (row + 1) * pitch, 0);
                }
            }
        }

        private void fillMissing(float[] dense, float[] x, int xAt, float[] y, int yAt) {
            for (int c = 0; c < width; c++) {
                boolean missing = Float.isNaN(x[xAt + c]);
                if (missing) {
                    y[yAt + c] = defaults < 0 ? 0 : dense[defaults + c];
                }
                if (indicator) {
                    y[yAt + width + c] = missing ? 1 : 0;
                }
            }
        }

        private void observe(Pass pass) {
            double[] statistics = pass.weights().statistics();
            Arrays.fill(sums, 0);
            Arrays.fill(sumsOfSquares, 0);
            Arrays.fill(seen, 0);
            System.arraycopy(statistics, mean, start, 0, width);
            int whole = 0;
            for (int row = 0; row < pass.batch(); row++) {
                int steps = in.lengths() == null
                        ? vectors
                        : in.lengths()[row] * (vectors / in.shape().dim(0));
                for (int v = 0; v < steps; v++) {
                    int at = (row * vectors + v) * width;
                    if (mayMiss) {
                        observe(statistics, at);
                    } else {
                        if (whole++ == 0 && statistics[count] == 0) {
                            startFrom(statistics, at);
                        }
                        observeAll(at);
                    }
                }
            }
            if (whole > 0) {
                Arrays.fill(seen, whole);
            }
            addToStatistics(statistics);
            pass.weights().statisticsChanged();
        }

        private void startFrom(double[] statistics, int at) {
            for (int c = 0; c < width; c++) {
                start[c] = in.data()[at + c];
            }
            System.arraycopy(start, 0, statistics, mean, width);
        }

        private void addToStatistics(double[] statistics) {
            for (int c = 0; c < width; c++) {
                if (seen[c] > 0) {
                    double n = statistics[count + c] + seen[c];
                    statistics[count + c] = n;
                    statistics[mean + c] += sums[c] / n;
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
            double[] sums = this.sums;
            double[] sumsOfSquares = this.sumsOfSquares;
            for (int c = 0; c < start.length; c++) {
                double off = x[at + c] - start[c];
                sums[c] += off;
                sumsOfSquares[c] += off * off;
            }
        }

        private void observe(double[] statistics, int at) {
            float[] x = in.data();
            for (int c = 0; c < width; c++) {
                float value = x[at + c];
                if (!Float.isNaN(value)) {
                    if (seen[c]++ == 0 && statistics[count + c] == 0) {
                        statistics[mean + c] = value;
                        start[c] = value;
                    }
                    double off = value - start[c];
                    sums[c] += off;
                    sumsOfSquares[c] += off * off;
                }
            }
        }

        private void refresh(Weights weights) {
            double[] statistics = weights.statistics();
            for (int c = 0; c < width; c++) {
                double a = statistics[mean + c];
                double n = statistics[count + c];
                double deviation = n > 0 ? Math.sqrt(statistics[squares + c] / n) : 0;
                boolean constant = deviation <= CONSTANT * Math.abs(a) || deviation < Float.MIN_NORMAL;
                high[c] = constant ? 0 : (float) a;
                low[c] = constant ? 0 : (float) (a - (float) a);
                scale[c] = constant ? 0 : (float) (1 / deviation);
            }
            known = weights;
            knownVersion = weights.statisticsVersion();
        }

        /** dDefault += dOut where missing; dIn += dOut / deviation where not missing and not limited (the statistics are constants) */
        @Override
        public void backward(Pass pass) {
            float[] dIn = in.wantsGradient() ? in.gradient(pass.batch()) : null;
            float[] x = in.data();
            int rows = pass.batch() * vectors;
            for (int row = 0; row < rows; row++) {
                for (int c = 0; c < width; c++) {
                    int i = row * width + c;
                    int o = row * pitch + c;
                    if (mayMiss && Float.isNaN(x[i])) {
                        if (defaults >= 0) {
                            pass.gradients()[defaults + c] += out.gradient()[o];
                        }
                    } else if (dIn != null && Math.abs(out.data()[o]) < clip) {
                        dIn[i] += out.gradient()[o] * scale[c];
                    }
                }
            }
        }
    }
}
