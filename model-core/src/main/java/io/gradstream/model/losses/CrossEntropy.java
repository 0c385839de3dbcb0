package io.gradstream.model.losses;

import io.gradstream.model.kernels.LossKernels;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;
import java.util.Optional;

/**
 * logsumexp(z) - z[t], for the class index t and one logit z a class.
 *
 * @param labelSmoothing the part of a target that is spread evenly over all classes (Szegedy et al. 2016); without it 0
 * @param classWeights what the loss of a target of each class is multiplied by; the mini-batch's mean is then over the weights of its
 *     targets, as in PyTorch. Without it all count the same
 */
@Kind("cross-entropy")
@Doc("logsumexp(z) - z[t], for class indices.")
public record CrossEntropy(
        @Doc("The part of a target that is spread evenly over all classes, at least 0 and below 1; without it 0.")
        Optional<Float> labelSmoothing,

        @Doc(
                "The weight of each class, 0 or from 1e-30 to 1e30; the mean is over the weights of the targets. Without it all are 1.")
        Optional<List<Float>> classWeights)
        implements LossSpec {
    /** Their sum over a mini-batch must not overflow, nor what is divided by it. */
    private static final float MOST_WEIGHT = 1e30f;

    private static final float LEAST_WEIGHT = 1e-30f;

    public CrossEntropy {
        if (labelSmoothing.isPresent() && !(labelSmoothing.get() >= 0 && labelSmoothing.get() < 1)) {
            throw new IllegalArgumentException(
                    "label-smoothing must be at least 0 and below 1, was " + labelSmoothing.get());
        }
        classWeights = classWeights.map(List::copyOf);
        for (float weight : classWeights.orElse(List.of())) {
            if (weight != 0 && !(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT)) {
                throw new IllegalArgumentException("class-weights must be 0, or from 1e-30 to 1e30, one was " + weight);
            }
        }
    }

    /** Without smoothing, all classes counting the same. */
    public CrossEntropy() {
        this(Optional.empty(), Optional.empty());
    }

    @Override
    public Link link() {
        return Link.SOFTMAX;
    }

    @Override
    public Targets targets() {
        return Targets.CLASS;
    }

    @Override
    public void check(int outputs) {
        if (classWeights.isPresent() && classWeights.get().size() != outputs) {
            throw new IllegalArgumentException("loss must have one of class-weights for each of " + outputs
                    + " classes, has " + classWeights.get().size());
        }
    }

    private boolean weighted() {
        return classWeights.isPresent() || labelSmoothing.orElse(0f) > 0;
    }

    @Override
    public long floats(long capacity, long outputs) {
        long smoothed = labelSmoothing.orElse(0f) > 0 ? capacity * outputs : 0;
        return weighted() ? 3 * capacity + 2 * outputs + smoothed : 2 * capacity;
    }

    @Override
    public Loss make(int capacity, int outputs) {
        if (weighted()) {
            float[] ofClasses = new float[outputs];
            for (int k = 0; k < outputs; k++) {
                ofClasses[k] = classWeights.isPresent() ? classWeights.get().get(k) : 1;
            }
            return new WeightedCrossEntropy(labelSmoothing.orElse(0f), ofClasses, capacity);
        }
        Factors factors = new Factors(capacity);
        float[] losses = new float[capacity];
        return (out, targets, weights, batch, gradient) -> LossKernels.crossEntropy(
                batch, outputs, out, 0, targets, 0, factors.of(weights, batch), 0, losses, 0, gradient, 0);
    }
}
