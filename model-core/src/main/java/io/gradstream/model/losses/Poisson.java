package io.gradstream.model.losses;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * exp(z) - t z, for targets t of 0 or more, such as counts, and one output z, the logarithm of their rate: the negative
 * log-likelihood of a Poisson distribution without the term that depends on t alone. The score is exp(z).
 */
@Kind("poisson")
@Doc("exp(z) - t z, for counts; the score is the rate exp(z).")
public record Poisson() implements LossSpec {
    @Override
    public Link link() {
        return Link.EXP;
    }

    @Override
    public Targets targets() {
        return Targets.NOT_NEGATIVE;
    }

    @Override
    public long floats(long capacity, long outputs) {
        return 3 * capacity;
    }

    @Override
    public Loss make(int capacity, int outputs) {
        return new Likelihood(capacity);
    }

    private static final class Likelihood implements Loss {
        private final Factors factors;
        private final float[] rates;
        private final float[] losses;

        Likelihood(int capacity) {
            this.factors = new Factors(capacity);
            this.rates = new float[capacity];
            this.losses = new float[capacity];
        }

        @Override
        public float evaluate(float[] outputs, float[] targets, float[] weights, int batch, float[] gradient) {
            float[] factor = factors.of(weights, batch);
            ActivationKernels.exp(outputs, 0, rates, 0, batch);
            Kernels.clamp(0, Float.MAX_VALUE, rates, 0, batch);
            for (int i = 0; i < batch; i++) {
                float loss = Math.fma(-targets[i], outputs[i], rates[i]);
                losses[i] = factor[i] * Math.max(-Float.MAX_VALUE, Math.min(loss, Float.MAX_VALUE));
                gradient[i] = factor[i] * (rates[i] - targets[i]);
            }
            return Kernels.sum(losses, 0, batch);
        }
    }
}
