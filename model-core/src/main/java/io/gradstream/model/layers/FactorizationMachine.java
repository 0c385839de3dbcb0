package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Arrays;
import java.util.List;

/**
 * The sum of the products of all pairs of vectors, where each input is vectors (fields, dim) or one (dim): the second-order term of a
 * factorization machine, as half of (the square of the sum minus the sum of the squares), so that its cost grows with the fields and not with
 * their square (Rendle 2010, equation 5).
 *
 * @param outputs how many sums, each over an equal part of the vectors' elements
 */
@Kind("factorization-machine")
@Doc("The sum of the products of all pairs of vectors: the second-order term of a factorization machine.")
public record FactorizationMachine(
        @Doc("How many sums, each over an equal part of the vectors.") @Default("1")
        int outputs) implements LayerSpec {
    public FactorizationMachine {
        Rules.atLeastOne("outputs", outputs);
    }

    /** One sum. */
    public FactorizationMachine() {
        this(1);
    }

    @Override
    public Declared declare(Site site) {
        int dim = site.numbers(0).shape().last();
        for (int i = 0; i < site.inputs().size(); i++) {
            Signal in = site.numbers(i);
            if (in.shape().rank() > 2 || in.shape().last() != dim || in.steps()) {
                throw site.wrong("vectors of one length, (fields, dim) or (dim)", in.text() + " beside length " + dim);
            }
        }
        if (dim % outputs != 0) {
            throw site.wrong("vectors whose length is a multiple of " + outputs + " outputs", "length " + dim);
        }
        return site.output(Shape.of(outputs), room -> new Pairs(dim, outputs, room));
    }

    private static final class Pairs implements Layer {
        private final int dim;
        private final int outputs;
        private final int part;
        private final List<Input> inputs;
        private final Value out;
        private final float[] sums;
        private final float[] squares;

        Pairs(int dim, int outputs, Room room) {
            this.dim = dim;
            this.outputs = outputs;
            this.part = dim / outputs;
            this.inputs = room.inputs();
            this.out = room.output();
            this.sums = room.perRow(dim);
            this.squares = room.floats(dim);
        }

        /** out (batch, outputs) = (the square of sums (batch, dim) - the sums of squares) / 2, added up over the parts of dim */
        @Override
        public void forward(Pass pass) {
            Arrays.fill(sums, 0, pass.batch() * dim, 0);
            for (int row = 0; row < pass.batch(); row++) {
                Arrays.fill(squares, 0);
                for (int i = 0; i < inputs.size(); i++) {
                    addVectors(inputs.get(i), row);
                }
                for (int o = 0; o < outputs; o++) {
                    out.data()[row * outputs + o] = half(row, o);
                }
            }
        }

        private void addVectors(Input in, int row) {
            float[] x = in.data();
            int to = row * dim;
            for (int at = row * in.size(); at < (row + 1) * in.size(); at += dim) {
                for (int d = 0; d < dim; d++) {
                    float v = x[at + d];
                    sums[to + d] += v;
                    squares[d] = Math.fma(v, v, squares[d]);
                }
            }
        }

        private float half(int row, int output) {
            float sum = 0;
            for (int d = output * part; d < (output + 1) * part; d++) {
                float s = sums[row * dim + d];
                sum += Math.fma(s, s, -squares[d]);
            }
            return 0.5f * sum;
        }

        /** dIn_i += dOut (sums - in_i) */
        @Override
        public void backward(Pass pass) {
            for (int i = 0; i < inputs.size(); i++) {
                Input in = inputs.get(i);
                if (in.wantsGradient()) {
                    addSlopes(in, in.gradient(pass.batch()), pass.batch());
                }
            }
        }

        private void addSlopes(Input in, float[] dx, int batch) {
            for (int row = 0; row < batch; row++) {
                for (int at = row * in.size(); at < (row + 1) * in.size(); at += part) {
                    int d = at % dim;
                    addSlope(out.gradient()[row * outputs + d / part], row * dim + d, in.data(), dx, at);
                }
            }
        }

        private void addSlope(float slope, int sum, float[] x, float[] dx, int at) {
            for (int d = 0; d < part; d++) {
                dx[at + d] = Math.fma(slope, sums[sum + d] - x[at + d], dx[at + d]);
            }
        }
    }
}
