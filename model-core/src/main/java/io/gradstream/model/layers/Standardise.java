package io.gradstream.model.layers;

import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.Weights;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Arrays;

/**
 * Subtracts from each column its running mean and divides by its running standard deviation. The statistics are part of the model:
 * of all examples learned so far, those of the mini-batch at hand included, and none that was only scored. Any finite float can be
 * standardised: statistics are in double precision, where no square of a float overflows, and so is the difference from a mean beyond
 * ± 10^31, which as a float could; a result that no float can be is the largest.
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
        ColumnStatistics.Place place = ColumnStatistics.declare(site, width);
        boolean learned = missing == Missing.LEARNED && site.inputs().get(0).mayMiss();
        Parameter defaults = learned ? site.parameter("default", Filling.ZEROS, width) : null;
        Shape out = indicator ? in.withLast(Math.multiplyExact(2, width)) : in;
        return site.outputWithSteps(out, room -> new Columns(this, place, defaults, room));
    }

    /** Standardises with what {@link ColumnStatistics} has seen. */
    private static final class Columns implements Layer {
        /** Beyond it, the difference of a number and a mean may be no float. */
        private static final float FAR = 1e31f;

        private final Input in;
        private final Value out;
        private final int width;
        private final int pitch;
        private final int vectors;
        private final float clip;
        private final boolean mayMiss;
        private final boolean indicator;
        private final int defaults;
        private final ColumnStatistics seen;
        /** The mean as a sum of two floats: x - high loses nothing that low does not give back. */
        private final float[] high;

        private final float[] low;
        private final float[] scale;
        private boolean anyFar;
        private Weights known;
        private long knownVersion;

        Columns(Standardise spec, ColumnStatistics.Place place, Parameter defaults, Room room) {
            this.in = room.inputs().get(0);
            this.out = room.output();
            this.width = in.shape().last();
            this.pitch = spec.indicator ? 2 * width : width;
            this.vectors = in.shape().vectors();
            this.clip = spec.clip == 0 ? Float.MAX_VALUE : spec.clip;
            this.mayMiss = in.signal().mayMiss();
            this.indicator = spec.indicator;
            this.defaults = defaults == null ? -1 : defaults.at();
            this.seen = new ColumnStatistics(place, in, room);
            this.high = room.floats(width);
            this.low = room.floats(width);
            this.scale = room.floats(width);
        }

        /** out (batch, width) = (in - mean) / deviation, limited; missing = default; then (batch, width) indicators if wanted */
        @Override
        public void forward(Pass pass) {
            if (pass.learning()) {
                seen.observe(pass);
            }
            if (known != pass.weights() || knownVersion != pass.weights().statisticsVersion()) {
                refresh(pass.weights());
            }
            float[] dense = pass.dense();
            int rows = pass.batch() * vectors;
            RowKernels.standardizeRows(
                    rows, width, in.data(), 0, width, high, 0, low, 0, scale, 0, clip, out.data(), 0, pitch);
            if (anyFar) {
                standardiseFar(pass.weights(), rows);
            }
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

        /** The columns with means that are far, again, in double precision. */
        private void standardiseFar(Weights weights, int rows) {
            for (int c = 0; c < width; c++) {
                if (Math.abs(high[c]) <= FAR) {
                    continue;
                }
                double mean = seen.mean(weights, c);
                double deviation = seen.deviation(weights, c);
                for (int row = 0; row < rows; row++) {
                    double z = (in.data()[row * width + c] - mean) / deviation;
                    out.data()[row * pitch + c] = (float) Math.max(-clip, Math.min(clip, z));
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

        private void refresh(Weights weights) {
            anyFar = false;
            for (int c = 0; c < width; c++) {
                double a = seen.mean(weights, c);
                boolean constant = seen.isConstant(weights, c);
                high[c] = constant ? 0 : (float) a;
                low[c] = constant ? 0 : (float) (a - (float) a);
                scale[c] = constant ? 0 : (float) (1 / seen.deviation(weights, c));
                anyFar |= Math.abs(high[c]) > FAR;
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
