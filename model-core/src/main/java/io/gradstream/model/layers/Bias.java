package io.gradstream.model.layers;

import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * Adds a learned number to each element of a row: a bias, or, after the embedding of a sequence, learned positions.
 *
 * @param scale first values are uniform in ± this
 */
@Kind("bias")
@Doc("Adds a learned number to each element: a bias, or learned positions of a sequence.")
public record Bias(
        @Doc("First values are uniform in ± this.") @Default("0")
        float scale) implements LayerSpec {
    public Bias {
        Rules.notNegative("scale", scale);
    }

    @Override
    public Declared declare(Site site) {
        Parameter bias = site.parameter(
                "bias", Filling.uniform(scale), site.onlyNumbers().shape().dims());
        return site.outputWithSteps(site.onlyNumbers().shape(), room -> new Added(bias.at(), room));
    }

    private static final class Added implements Layer {
        private final int bias;
        private final Input in;
        private final Value out;

        Added(int bias, Room room) {
            this.bias = bias;
            this.in = room.inputs().get(0);
            this.out = room.output();
        }

        /** out (batch, size) = in (batch, size) + bias (size) */
        @Override
        public void forward(Pass pass) {
            System.arraycopy(in.data(), 0, out.data(), 0, pass.batch() * in.size());
            RowKernels.addRow(pass.batch(), in.size(), pass.dense(), bias, out.data(), 0, in.size());
        }

        /** dBias += column sums of dOut; dIn += dOut */
        @Override
        public void backward(Pass pass) {
            RowKernels.columnSums(pass.batch(), in.size(), out.gradient(), 0, in.size(), pass.gradients(), bias);
            in.addGradient(out.gradient(), pass.batch());
        }
    }
}
