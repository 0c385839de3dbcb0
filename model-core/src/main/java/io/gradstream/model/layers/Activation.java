package io.gradstream.model.layers;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/** Functions of each element by itself, or of a vector's elements among each other, that have no weights. */
public final class Activation {
    private Activation() {}

    /** max(x, 0). */
    @Kind("relu")
    @Doc("max(x, 0).")
    public record Relu() implements LayerSpec {
        @Override
        public Declared declare(Site site) {
            return Elementwise.fromOutput(
                    site,
                    (x, y, n) -> ActivationKernels.relu(x, 0, y, 0, n),
                    (y, dy, dx, n) -> ActivationKernels.reluBackward(y, 0, dy, 0, dx, 0, n));
        }
    }

    /**
     * x where x is positive, slope x elsewhere.
     *
     * @param slope 0 or more
     */
    @Kind("leaky-relu")
    @Doc("x where x is positive, slope times x elsewhere.")
    public record LeakyRelu(
            @Doc("0 or more.") @Default("0.01") float slope) implements LayerSpec {
        public LeakyRelu {
            Rules.notNegative("slope", slope);
        }

        @Override
        public Declared declare(Site site) {
            return Elementwise.fromOutput(
                    site,
                    (x, y, n) -> ActivationKernels.leakyRelu(slope, x, 0, y, 0, n),
                    (y, dy, dx, n) -> ActivationKernels.leakyReluBackward(slope, y, 0, dy, 0, dx, 0, n));
        }
    }

    /** 1 / (1 + exp(-x)). */
    @Kind("sigmoid")
    @Doc("1 / (1 + exp(-x)).")
    public record Sigmoid() implements LayerSpec {
        @Override
        public Declared declare(Site site) {
            return Elementwise.fromOutput(
                    site,
                    (x, y, n) -> ActivationKernels.sigmoid(x, 0, y, 0, n),
                    (y, dy, dx, n) -> ActivationKernels.sigmoidBackward(y, 0, dy, 0, dx, 0, n));
        }
    }

    /** tanh(x). */
    @Kind("tanh")
    @Doc("tanh(x).")
    public record Tanh() implements LayerSpec {
        @Override
        public Declared declare(Site site) {
            return Elementwise.fromOutput(
                    site,
                    (x, y, n) -> ActivationKernels.tanh(x, 0, y, 0, n),
                    (y, dy, dx, n) -> ActivationKernels.tanhBackward(y, 0, dy, 0, dx, 0, n));
        }
    }

    /** x sigmoid(x), also called swish (Elfwing et al. 2018). */
    @Kind("silu")
    @Doc("x sigmoid(x).")
    public record Silu() implements LayerSpec {
        @Override
        public Declared declare(Site site) {
            return Elementwise.fromInput(
                    site,
                    (x, y, n) -> ActivationKernels.silu(x, 0, y, 0, n),
                    (x, dy, dx, n) -> ActivationKernels.siluBackward(x, 0, dy, 0, dx, 0, n));
        }
    }

    /**
     * x Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016).
     *
     * @param approximate whether Φ is approximated by tanh
     */
    @Kind("gelu")
    @Doc("x times the normal distribution function of x.")
    public record Gelu(
            @Doc("Whether the distribution function is approximated by tanh.") @Default("false")
            boolean approximate) implements LayerSpec {
        @Override
        public Declared declare(Site site) {
            return approximate
                    ? Elementwise.fromInput(
                            site,
                            (x, y, n) -> ActivationKernels.geluTanh(x, 0, y, 0, n),
                            (x, dy, dx, n) -> ActivationKernels.geluTanhBackward(x, 0, dy, 0, dx, 0, n))
                    : Elementwise.fromInput(
                            site,
                            (x, y, n) -> ActivationKernels.gelu(x, 0, y, 0, n),
                            (x, dy, dx, n) -> ActivationKernels.geluBackward(x, 0, dy, 0, dx, 0, n));
        }
    }

    /** exp(x_i) / sum of exp(x) over the innermost dimension: probabilities. Losses on logits need none before them. */
    @Kind("softmax")
    @Doc("exp(x) over their sum, along the last dimension.")
    public record Softmax() implements LayerSpec {
        @Override
        public Declared declare(Site site) {
            int width = site.onlyNumbers().shape().last();
            return Elementwise.fromOutput(
                    site,
                    (x, y, n) -> ActivationKernels.softmaxRows(n / width, width, x, 0, y, 0),
                    (y, dy, dx, n) -> ActivationKernels.softmaxRowsBackward(n / width, width, y, 0, dy, 0, dx, 0));
        }
    }

    /** x_i - log of the sum of exp(x) over the innermost dimension: logarithms of probabilities. */
    @Kind("log-softmax")
    @Doc("x less the logarithm of the sum of exp(x), along the last dimension.")
    public record LogSoftmax() implements LayerSpec {
        @Override
        public Declared declare(Site site) {
            int width = site.onlyNumbers().shape().last();
            return Elementwise.fromOutput(
                    site,
                    (x, y, n) -> ActivationKernels.logSoftmaxRows(n / width, width, x, 0, y, 0),
                    (y, dy, dx, n) -> ActivationKernels.logSoftmaxRowsBackward(n / width, width, y, 0, dy, 0, dx, 0));
        }
    }
}
