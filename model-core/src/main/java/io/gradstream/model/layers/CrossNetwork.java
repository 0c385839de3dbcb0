package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.PyTorchLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Crosses of features: x becomes x0 * (x W + b) + x in each layer, element by element, where x0 is what the first one read (DCN-v2, Wang et
 * al. 2021, equation 1). With two inputs the first is x0, and the second what the first layer starts from.
 *
 * @param layers how many; after L of them there are products of up to L + 1 features
 */
@Kind("cross-network")
@Doc("Layers that multiply what they make of the features by the features (DCN-v2).")
public record CrossNetwork(
        @Doc("How many layers, at least 1.") @Default("2") int layers) implements LayerSpec {
    public CrossNetwork {
        Rules.layers(layers);
    }

    @Override
    public Declared declare(Site site) {
        Shape shape = site.numbers(0).shape();
        boolean fits = site.inputs().size() <= 2 && shape.rank() == 1;
        if (!fits || (site.inputs().size() == 2 && !site.numbers(1).shape().equals(shape))) {
            throw site.wrong(
                    "one vector, or two of one length",
                    site.inputs().stream().map(Signal::text).toList().toString());
        }
        int n = shape.size();
        List<Parameter> weights = new ArrayList<>();
        List<Parameter> biases = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            Filling filling = Init.XAVIER_UNIFORM.filling(n, n);
            weights.add(site.parameter(i + ".weight", PyTorchLayout.TRANSPOSED, filling, n, n));
            biases.add(site.parameter(i + ".bias", Filling.ZEROS, n));
        }
        return site.output(shape, room -> new Crossed(n, weights, biases, room));
    }

    private static final class Crossed implements Layer {
        private final int n;
        private final int[] weights;
        private final int[] biases;
        private final Input in;
        private final Input start;
        private final Value out;
        /** What each layer reads, and what each makes of it before it multiplies: (layers, batch, n). */
        private final float[][] x;

        private final float[][] z;
        private final float[] dz;

        Crossed(int n, List<Parameter> weights, List<Parameter> biases, Room room) {
            this.n = n;
            this.weights = weights.stream().mapToInt(Parameter::at).toArray();
            this.biases = biases.stream().mapToInt(Parameter::at).toArray();
            this.in = room.inputs().get(0);
            this.start = room.inputs().get(room.inputs().size() - 1);
            this.out = room.output();
            this.x = new float[this.weights.length][];
            this.z = new float[this.weights.length][];
            for (int i = 0; i < x.length; i++) {
                x[i] = i == 0 ? null : room.perRow(n);
                z[i] = room.perRow(n);
            }
            this.dz = room.learns() ? room.perRow(n) : null;
        }

        /** z_i (batch, n) = b_i + x_i . W_i; x_{i + 1} = x_i + x_0 z_i; out = the last */
        @Override
        public void forward(Pass pass) {
            int batch = pass.batch();
            x[0] = start.data();
            for (int i = 0; i < x.length; i++) {
                float[] next = i + 1 < x.length ? x[i + 1] : out.data();
                RowKernels.copyRow(batch, n, pass.dense(), biases[i], z[i], 0, n);
                Kernels.multiply(batch, n, n, x[i], 0, n, pass.dense(), weights[i], n, z[i], 0, n);
                System.arraycopy(x[i], 0, next, 0, batch * n);
                Kernels.multiplyAdd(in.data(), 0, z[i], 0, next, 0, batch * n);
            }
        }

        /** dz = dx_{i + 1} x_0; dx_0 += dx_{i + 1} z_i; dW_i += x_iT . dz; db_i += column sums of dz; dx_i = dx_{i + 1} + dz . W_iT */
        @Override
        public void backward(Pass pass) {
            int batch = pass.batch();
            float[] dx = out.gradient();
            float[] dIn = in.wantsGradient() ? in.gradient(batch) : null;
            for (int i = x.length - 1; i >= 0; i--) {
                System.arraycopy(dx, 0, dz, 0, batch * n);
                Kernels.multiplyElements(in.data(), 0, dz, 0, batch * n);
                if (dIn != null) {
                    Kernels.multiplyAdd(dx, 0, z[i], 0, dIn, 0, batch * n);
                }
                Kernels.multiplyTransposedA(n, n, batch, x[i], 0, n, dz, 0, n, pass.gradients(), weights[i], n);
                RowKernels.columnSums(batch, n, dz, 0, n, pass.gradients(), biases[i]);
                Kernels.multiplyTransposedB(batch, n, n, dz, 0, n, pass.dense(), weights[i], n, dx, 0, n);
            }
            addToStart(dx, dIn, batch);
        }

        private void addToStart(float[] dx, float[] dIn, int batch) {
            if (start == in && dIn != null) {
                Kernels.add(dx, 0, dIn, 0, batch * n);
            } else if (start != in) {
                start.addGradient(dx, batch);
            }
        }
    }
}
