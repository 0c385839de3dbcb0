package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.RightFactor;
import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.PyTorchLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * A linear layer over the innermost dimension.
 *
 * @param units width of its output
 * @param bias whether to add a learned bias
 * @param init first values of the weights; the bias starts at 0
 */
@Kind("linear")
@Doc("A linear layer: inputs times weights, plus a bias.")
public record Linear(
        @Doc("Width of its output, at least 1.") int units,

        @Doc("Whether to add a learned bias.") @Default("true")
        boolean bias,

        @Doc("First values of the weights; the bias starts at 0.") @Default("xavier-uniform")
        Init init)
        implements LayerSpec {
    public Linear {
        Rules.atLeastOne("units", units);
    }

    /** With a bias and Xavier's uniform weights. */
    public Linear(int units) {
        this(units, true, Init.XAVIER_UNIFORM);
    }

    @Override
    public Declared declare(Site site) {
        Shape in = site.onlyNumbers().shape();
        Parameter weight =
                site.parameter("weight", PyTorchLayout.TRANSPOSED, init.filling(in.last(), units), in.last(), units);
        Parameter bias = this.bias ? site.parameter("bias", Filling.ZEROS, units) : null;
        return site.outputWithSteps(in.withLast(units), room -> new Product(weight, bias, room));
    }

    /** Batch counts vectors here: rows times the outer dimensions. */
    private static final class Product implements Layer {
        /** Floats of the largest copy of weights, laid out for the tiles, of a plan that only scores: 1 MiB. */
        private static final long LARGEST_PACKED = 1 << 18;

        private final int inputs;
        private final int units;
        private final int vectors;
        private final int weight;
        private final int bias;
        private final Input in;
        private final Value out;
        /** The weights, which do not change while a plan only scores; null where they may. */
        private final RightFactor lasting;

        Product(Parameter weight, Parameter bias, Room room) {
            this.in = room.inputs().get(0);
            this.out = room.output();
            this.inputs = in.shape().last();
            this.units = weight.shape().last();
            this.vectors = in.shape().vectors();
            this.weight = weight.at();
            this.bias = bias == null ? -1 : bias.at();
            this.lasting = room.learns() ? null : lasting(room);
        }

        private RightFactor lasting(Room room) {
            int rows = (int) Math.min(Integer.MAX_VALUE, (long) vectors * room.capacity());
            long length = RightFactor.length(units, inputs);
            return RightFactor.pays(rows, units) && length <= LARGEST_PACKED
                    ? new RightFactor(units, inputs, room.floats(length))
                    : null;
        }

        /** out (batch, units) = bias (units) + in (batch, inputs) . weight (inputs, units) */
        @Override
        public void forward(Pass pass) {
            int batch = pass.batch() * vectors;
            if (bias < 0) {
                Kernels.fill(0, out.data(), 0, batch * units);
            } else {
                RowKernels.copyRow(batch, units, pass.dense(), bias, out.data(), 0, units);
            }
            if (lasting == null) {
                Kernels.multiply(
                        batch, units, inputs, in.data(), 0, inputs, pass.dense(), weight, units, out.data(), 0, units);
            } else {
                lasting.setLasting(batch, pass.dense(), weight, units);
                lasting.multiply(batch, in.data(), 0, inputs, out.data(), 0, units);
            }
        }

        /** dWeight += inT . dOut; dBias += column sums of dOut; dIn += dOut . weightT */
        @Override
        public void backward(Pass pass) {
            int batch = pass.batch() * vectors;
            float[] dOut = out.gradient();
            float[] gradients = pass.gradients();
            if (units == 1) {
                // The same terms in the same order, as one long row instead of many short ones.
                Kernels.multiplyTransposedA(
                        1, inputs, batch, dOut, 0, 1, in.data(), 0, inputs, gradients, weight, inputs);
            } else {
                Kernels.multiplyTransposedA(
                        inputs, units, batch, in.data(), 0, inputs, dOut, 0, units, gradients, weight, units);
            }
            if (bias >= 0) {
                RowKernels.columnSums(batch, units, dOut, 0, units, gradients, bias);
            }
            if (in.wantsGradient()) {
                float[] dIn = in.gradient(pass.batch());
                Kernels.multiplyTransposedB(
                        batch, inputs, units, dOut, 0, units, pass.dense(), weight, units, dIn, 0, inputs);
            }
        }
    }
}
