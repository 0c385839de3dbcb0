package io.gradstream.model.losses;

import io.gradstream.model.kernels.LossKernels;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/** softplus(z) - t z, for targets t of 0 or 1 and one logit z. */
@Kind("binary-cross-entropy")
@Doc("softplus(z) - t z, for targets of 0 or 1.")
public record BinaryCrossEntropy() implements LossSpec {
    @Override
    public Link link() {
        return Link.SIGMOID;
    }

    @Override
    public Loss make(int capacity, int outputs) {
        Factors factors = new Factors(capacity);
        float[] losses = new float[capacity];
        return (out, targets, weights, batch, gradient) -> LossKernels.binaryCrossEntropy(
                batch, out, 0, targets, 0, factors.of(weights, batch), 0, losses, 0, gradient, 0);
    }
}
