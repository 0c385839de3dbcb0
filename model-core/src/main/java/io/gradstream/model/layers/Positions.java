package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Key;
import io.gradstream.model.spec.Kind;

/**
 * Adds to each step a vector that tells its place. Sinusoidal: sin(step / 10000^(i/width)) at even i, and at the odd i + 1 the cosine of
 * the same (Vaswani et al. 2017, section 3.5).
 *
 * @param vectors which vectors
 */
@Kind("positions")
@Doc("Adds to each step of a sequence a vector that tells its place.")
public record Positions(
        @Key("kind") @Doc("Which vectors.") @Default("sinusoidal")
        Vectors vectors) implements LayerSpec {
    private static final float SCALE = 0.02f;

    /** Which vectors tell the places. */
    public enum Vectors {
        /** Sines and cosines of fixed wavelengths. */
        @Doc("Sines and cosines of fixed wavelengths.")
        SINUSOIDAL,
        /** Learned ones. */
        @Doc("Learned ones, normal with deviation 0.02 at first.")
        LEARNED
    }

    /** Sines and cosines. */
    public Positions() {
        this(Vectors.SINUSOIDAL);
    }

    @Override
    public Declared declare(Site site) {
        Sequences.width(site, 1);
        Shape shape = Sequences.sequence(site, 0);
        Parameter learned =
                vectors == Vectors.LEARNED ? site.parameter("weight", Filling.normal(SCALE), shape.dims()) : null;
        return site.outputWithSteps(shape, room -> new Added(learned, room));
    }

    private static final class Added implements Layer {
        private static final double LONGEST = 10000;

        private final Input in;
        private final Value out;
        private final int learned;
        private final float[] fixed;

        Added(Parameter learned, Room room) {
            this.in = room.inputs().get(0);
            this.out = room.output();
            this.learned = learned == null ? -1 : learned.at();
            this.fixed = room.floats(learned == null ? in.size() : 0);
            for (int i = 0; i < fixed.length; i++) {
                fixed[i] = sinusoid(
                        i / in.shape().last(), i % in.shape().last(), in.shape().last());
            }
        }

        /** In double precision, by what is the same on every machine. */
        private static float sinusoid(int step, int i, int width) {
            double angle = step / StrictMath.pow(LONGEST, (double) (i & -2) / width);
            return (float) ((i & 1) == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
        }

        /** The floats of a row's steps that are there. */
        private int present(int row) {
            return in.lengths() == null
                    ? in.size()
                    : in.lengths()[row] * in.shape().last();
        }

        /** out (batch, steps, width) = in + positions (steps, width), of the steps that are there */
        @Override
        public void forward(Pass pass) {
            int size = in.size();
            System.arraycopy(in.data(), 0, out.data(), 0, pass.batch() * size);
            for (int row = 0; row < pass.batch(); row++) {
                if (learned < 0) {
                    Kernels.add(fixed, 0, out.data(), row * size, present(row));
                } else {
                    Kernels.add(pass.dense(), learned, out.data(), row * size, present(row));
                }
            }
        }

        /** dPositions += dOut of the steps that are there, row by row; dIn += dOut */
        @Override
        public void backward(Pass pass) {
            for (int row = 0; learned >= 0 && row < pass.batch(); row++) {
                Kernels.add(out.gradient(), row * in.size(), pass.gradients(), learned, present(row));
            }
            in.addGradient(out.gradient(), pass.batch());
        }
    }
}
