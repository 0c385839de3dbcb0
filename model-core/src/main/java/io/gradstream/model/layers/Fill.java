package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * Puts something in place of missing numbers, and leaves the others as they are.
 *
 * @param missing what a missing number becomes
 * @param indicator whether to add, after all columns, one more each: 1 where the number was missing, else 0
 */
@Kind("fill")
@Doc("Puts something in place of missing numbers.")
public record Fill(
        @Doc("What a missing number becomes.") @Default("zero")
        Missing missing,

        @Doc("Whether to add a column each that is 1 where the number was missing.") @Default("false")
        boolean indicator)
        implements LayerSpec {
    @Override
    public Declared declare(Site site) {
        if (site.inputs().size() != 1 || site.inputs().get(0).isIds()) {
            throw site.wrong("one input of numbers", site.inputs().get(0).text());
        }
        Shape in = site.inputs().get(0).shape();
        boolean learned = missing == Missing.LEARNED && site.inputs().get(0).mayMiss();
        Parameter defaults = learned ? site.parameter("default", Filling.ZEROS, in.last()) : null;
        Shape out = indicator ? in.withLast(Math.multiplyExact(2, in.last())) : in;
        return site.outputWithSteps(out, room -> new Filled(indicator, defaults, room));
    }

    private static final class Filled implements Layer {
        private final Input in;
        private final Value out;
        private final int width;
        private final int pitch;
        private final int vectors;
        private final int defaults;

        Filled(boolean indicator, Parameter defaults, Room room) {
            this.in = room.inputs().get(0);
            this.out = room.output();
            this.width = in.shape().last();
            this.pitch = indicator ? 2 * width : width;
            this.vectors = in.shape().vectors();
            this.defaults = defaults == null ? -1 : defaults.at();
        }

        /** out (batch, width) = in, or the default where missing; then (batch, width) indicators if wanted */
        @Override
        public void forward(Pass pass) {
            int rows = pass.batch() * vectors;
            for (int row = 0; row < rows; row++) {
                for (int c = 0; c < width; c++) {
                    float value = in.data()[row * width + c];
                    boolean missing = Float.isNaN(value);
                    float instead = defaults < 0 ? 0 : pass.dense()[defaults + c];
                    out.data()[row * pitch + c] = missing ? instead : value;
                    if (pitch > width) {
                        out.data()[row * pitch + width + c] = missing ? 1 : 0;
                    }
                }
            }
        }

        /** dDefault += dOut where missing; dIn += dOut elsewhere */
        @Override
        public void backward(Pass pass) {
            float[] dIn = in.wantsGradient() ? in.gradient(pass.batch()) : null;
            int rows = pass.batch() * vectors;
            for (int row = 0; row < rows; row++) {
                for (int c = 0; c < width; c++) {
                    float dOut = out.gradient()[row * pitch + c];
                    if (!Float.isNaN(in.data()[row * width + c])) {
                        if (dIn != null) {
                            dIn[row * width + c] += dOut;
                        }
                    } else if (defaults >= 0) {
                        pass.gradients()[defaults + c] += dOut;
                    }
                }
            }
        }
    }
}
