package io.gradstream.model.losses;

import io.gradstream.model.kernels.LossKernels;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/** (y - t)^2. */
@Kind("mean-squared-error")
@Doc("(y - t)^2.")
public record MeanSquaredError() implements LossSpec {
    @Override
    public Link link() {
        return Link.IDENTITY;
    }

    @Override
    public Targets targets() {
        return Targets.NUMBER;
    }

    @Override
    public Loss make(int capacity, int outputs) {
        Factors factors = new Factors(capacity);
        float[] losses = new float[capacity];
        return (out, targets, weights, batch, gradient) -> LossKernels.squaredError(
                batch, out, 0, targets, 0, factors.of(weights, batch), 0, losses, 0, gradient, 0);
    }
}
