package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * Losses on outputs or logits, with their gradients. {@code factor} holds one number per example, its weight divided by
 * what the mean is taken over (for a plain mean, 1 / batch): each loss and gradient is multiplied by it.
 *
 * <p>Conventions and choice of implementation as in {@link Kernels}. {@code loss} receives each example's share; the
 * result is their {@link Kernels#sum}. A finite logit, up to the largest float, never gives NaN.
 */
public final class LossKernels {
    private LossKernels() {}

    /**
     * loss = factor (y - target)², dy = 2 factor (y - target), over n elements; {@code factor} has n too. Returns the sum.
     */
    public static float squaredError(
            int n,
            float[] y,
            int yAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] loss,
            int lossAt,
            float[] dy,
            int dyAt) {
        if (VECTOR) {
            VectorLosses.squaredError(n, y, yAt, target, targetAt, factor, factorAt, loss, lossAt, dy, dyAt);
        } else {
            PlainLosses.squaredError(n, y, yAt, target, targetAt, factor, factorAt, loss, lossAt, dy, dyAt);
        }
        return Kernels.sum(loss, lossAt, n);
    }

    /**
     * Binary cross entropy on logits: loss = factor (softplus(z) - target z), dz = factor (sigmoid(z) - target); target in
     * [0, 1]. Returns the sum.
     */
    public static float binaryCrossEntropy(
            int n,
            float[] z,
            int zAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] loss,
            int lossAt,
            float[] dz,
            int dzAt) {
        if (VECTOR) {
            VectorLosses.binaryCrossEntropy(n, z, zAt, target, targetAt, factor, factorAt, loss, lossAt, dz, dzAt);
        } else {
            PlainLosses.binaryCrossEntropy(n, z, zAt, target, targetAt, factor, factorAt, loss, lossAt, dz, dzAt);
        }
        return Kernels.sum(loss, lossAt, n);
    }

    /**
     * Softmax cross entropy on logits z, contiguous (rows, classes): loss = factor (logsumexp(z) - z[target]), dz = factor
     * (softmax(z) - onehot(target)); {@code target} holds class indices in [0, classes). Returns the sum.
     *
     * <p>The loss is (largest z - z[target]) - log(largest softmax), so that what all logits have in common is gone before it is
     * rounded; or, where the target is almost sure, -log(1 - the other probabilities).
     */
    public static float crossEntropy(
            int rows,
            int classes,
            float[] z,
            int zAt,
            float[] target,
            int targetAt,
            float[] factor,
            int factorAt,
            float[] loss,
            int lossAt,
            float[] dz,
            int dzAt) {
        ActivationKernels.softmaxRows(rows, classes, z, zAt, dz, dzAt);
        if (VECTOR) {
            VectorLosses.crossEntropy(
                    rows, classes, z, zAt, target, targetAt, factor, factorAt, loss, lossAt, dz, dzAt);
        } else {
            PlainLosses.crossEntropy(rows, classes, z, zAt, target, targetAt, factor, factorAt, loss, lossAt, dz, dzAt);
        }
        return Kernels.sum(loss, lossAt, rows);
    }
}
