package io.gradstream.model.losses;

import io.gradstream.model.kernels.LossKernels;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Optional;

/**
 * softplus(z) - t z, for targets t of 0 or 1 and one logit z.
 *
 * @param positiveWeight what the loss of a target of 1 is multiplied by; without it 1
 */
@Kind("binary-cross-entropy")
@Doc("softplus(z) - t z, for targets of 0 or 1.")
public record BinaryCrossEntropy(
        @Doc("What the loss of a target of 1 is multiplied by, above 0; without it 1.")
        Optional<Float> positiveWeight) implements LossSpec {
    public BinaryCrossEntropy {
        if (positiveWeight.isPresent()
                && (!(positiveWeight.get() > 0) || positiveWeight.get().isInfinite())) {
            throw new IllegalArgumentException("positive-weight must be > 0 and finite, was " + positiveWeight.get());
        }
    }

    /** Both targets count the same. */
    public BinaryCrossEntropy() {
        this(Optional.empty());
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
    public Loss make(int capacity, int outputs) {
        Factors factors = new Factors(capacity);
        float[] losses = new float[capacity];
        float positive = positiveWeight.orElse(1f);
        return (out, targets, weights, batch, gradient) -> LossKernels.binaryCrossEntropy(
                batch, out, 0, targets, 0, factors.of(weights, positive, targets, batch), 0, losses, 0, gradient, 0);
    }
}
