package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * A learned vector for each number, times that number: what embeddings are to categories (Rendle 2010). (n) becomes (n, dim).
 *
 * @param dim length of a vector
 * @param scale first values are uniform in ± this
 */
@Kind("number-embedding")
@Doc("A learned vector for each number, times that number.")
public record NumberEmbedding(
        @Doc("Length of a vector, at least 1.") int dim,

        @Doc("First values are uniform in ± this.") @Default("0.05")
        float scale)
        implements LayerSpec {
    public NumberEmbedding {
        Rules.atLeastOne("dim", dim);
        Rules.notNegative("scale", scale);
    }

    /** With first values in ± 0.05. */
    public NumberEmbedding(int dim) {
        this(dim, 0.05f);
    }

    @Override
    public Declared declare(Site site) {
        Signal in = site.onlyNumbers();
        if (in.shape().rank() != 1) {
            throw site.wrong("one vector of numbers", in.text());
        }
        Parameter weight =
                site.parameter("weight", Filling.uniform(scale), in.shape().size(), dim);
        return site.output(Shape.of(in.shape().size(), dim), room -> new Scaled(weight, room));
    }

    private static final class Scaled implements Layer {
        private final int weight;
        private final int dim;
        private final Input in;
        private final Value out;

        Scaled(Parameter weight, Room room) {
            this.weight = weight.at();
            this.dim = weight.shape().last();
            this.in = room.inputs().get(0);
            this.out = room.output();
        }

        /** out (batch, n, dim) = in (batch, n) * weight (n, dim) */
        @Override
        public void forward(Pass pass) {
            float[] y = out.data();
            float[] dense = pass.dense();
            int n = in.size();
            for (int vector = 0; vector < pass.batch() * n; vector++) {
                float x = in.data()[vector];
                int from = weight + vector % n * dim;
                for (int d = 0; d < dim; d++) {
                    y[vector * dim + d] = x * dense[from + d];
                }
            }
        }

        /** dWeight (n, dim) += sum over the batch of in * dOut; dIn += dOut . weight */
        @Override
        public void backward(Pass pass) {
            float[] dy = out.gradient();
            float[] dx = in.wantsGradient() ? in.gradient(pass.batch()) : null;
            float[] dense = pass.dense();
            float[] gradients = pass.gradients();
            int n = in.size();
            for (int vector = 0; vector < pass.batch() * n; vector++) {
                float x = in.data()[vector];
                int at = weight + vector % n * dim;
                float slope = 0;
                for (int d = 0; d < dim; d++) {
                    float change = dy[vector * dim + d];
                    gradients[at + d] = Math.fma(x, change, gradients[at + d]);
                    slope = Math.fma(change, dense[at + d], slope);
                }
                if (dx != null) {
                    dx[vector] += slope;
                }
            }
        }
    }
}
