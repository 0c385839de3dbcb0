package io.gradstream.model.losses;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Optional;

/**
 * -a (1 - p)^gamma log p, where p is the probability that the one logit gives to the target, 0 or 1: cross entropy with less weight
 * on what is easy (Lin et al. 2017, equations 4 and 5).
 *
 * @param gamma 0 or more; 0 is cross entropy
 * @param alpha a of targets of 1, those of 0 having 1 - alpha; without it a is 1 for both
 */
@Kind("focal")
@Doc("Binary cross entropy with less weight on examples that are easy.")
public record Focal(
        @Doc("How much less, 0 or more; 0 is cross entropy.") @Default("2")
        float gamma,

        @Doc("The weight of targets of 1, between 0 and 1; those of 0 have the rest. Without it both count in full.")
        Optional<Float> alpha)
        implements LossSpec {
    public Focal {
        if (!(gamma >= 0) || Float.isInfinite(gamma)) {
            throw new IllegalArgumentException("gamma must be >= 0 and finite, was " + gamma);
        }
        if (alpha.isPresent() && !(alpha.get() > 0 && alpha.get() < 1)) {
            throw new IllegalArgumentException("alpha must be above 0 and below 1, was " + alpha.get());
        }
    }

    @Override
    public Link link() {
        return Link.SIGMOID;
    }

    @Override
    public Targets targets() {
        return Targets.ZERO_OR_ONE;
    }

    @Override
    public long floats(long capacity, long outputs) {
        return 8 * capacity;
    }

    @Override
    public Loss make(int capacity, int outputs) {
        return new Focused(gamma, alpha.orElse(1f), alpha.map(a -> 1 - a).orElse(1f), capacity);
    }

    /**
     * With x = z for a target of 1 and -z for 0: p = sigmoid(x), -log p = softplus(-x) and (1 - p)^gamma = exp(-gamma softplus(x)), so
     * that nothing is lost where p is close to 0 or 1.
     */
    private static final class Focused implements Loss {
        private final float gamma;
        private final float ofOnes;
        private final float ofZeros;
        private final Factors factors;
        private final float[] x;
        private final float[] minusX;
        private final float[] p;
        private final float[] rest;
        private final float[] entropy;
        private final float[] focus;
        private final float[] losses;

        Focused(float gamma, float ofOnes, float ofZeros, int capacity) {
            this.gamma = gamma;
            this.ofOnes = ofOnes;
            this.ofZeros = ofZeros;
            this.factors = new Factors(capacity);
            this.x = new float[capacity];
            this.minusX = new float[capacity];
            this.p = new float[capacity];
            this.rest = new float[capacity];
            this.entropy = new float[capacity];
            this.focus = new float[capacity];
            this.losses = new float[capacity];
        }

        @Override
        public float evaluate(float[] outputs, float[] targets, float[] weights, int batch, float[] gradient) {
            float[] factor = factors.of(weights, batch);
            for (int i = 0; i < batch; i++) {
                x[i] = targets[i] == 1 ? outputs[i] : -outputs[i];
                minusX[i] = -x[i];
            }
            ActivationKernels.sigmoid(x, 0, p, 0, batch);
            ActivationKernels.sigmoid(minusX, 0, rest, 0, batch);
            ActivationKernels.softplus(minusX, 0, entropy, 0, batch);
            ActivationKernels.softplus(x, 0, focus, 0, batch);
            Kernels.scale(-gamma, focus, 0, batch);
            ActivationKernels.exp(focus, 0, focus, 0, batch);
            for (int i = 0; i < batch; i++) {
                float scale = factor[i] * (targets[i] == 1 ? ofOnes : ofZeros) * focus[i];
                float slope = -scale * (rest[i] + gamma * p[i] * entropy[i]);
                losses[i] = scale * entropy[i];
                gradient[i] = targets[i] == 1 ? slope : -slope;
            }
            return Kernels.sum(losses, 0, batch);
        }
    }
}
