package io.gradstream.model.losses;

import io.gradstream.model.kernels.LossKernels;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/** logsumexp(z) - z[t], for the class index t and one logit z a class. */
@Kind("cross-entropy")
@Doc("logsumexp(z) - z[t], for class indices.")
public record CrossEntropy() implements LossSpec {
    @Override
    public Link link() {
        return Link.SOFTMAX;
    }

    @Override
    public Loss make(int capacity, int outputs) {
        Factors factors = new Factors(capacity);
        float[] losses = new float[capacity];
        return (out, targets, weights, batch, gradient) -> LossKernels.crossEntropy(
                batch, outputs, out, 0, targets, 0, factors.of(weights, batch), 0, losses, 0, gradient, 0);
    }
}
