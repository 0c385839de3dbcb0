package io.gradstream.model.kernels;

/** Losses and their gradients in plain Java. The sums over examples are by virtual lanes, made by the facade. */
final class PlainLosses {
    private PlainLosses() {}

    static void squaredError(
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
        for (int i = 0; i < n; i++) {
            float difference = y[yAt + i] - target[targetAt + i];
            float scaled = factor[factorAt + i] * difference;
            loss[lossAt + i] = scaled * difference;
            dy[dyAt + i] = scaled + scaled;
        }
    }

    static void binaryCrossEntropy(
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
        for (int i = 0; i < n; i++) {
            float v = z[zAt + i];
            float t = target[targetAt + i];
            float f = factor[factorAt + i];
            loss[lossAt + i] = f * Math.fma(-t, v, PlainFunctions.softplus(v));
            dz[dzAt + i] = f * (PlainFunctions.sigmoid(v) - t);
        }
    }

    /** On entry loss holds the logsumexp of each row, and dz its softmax. */
    static void crossEntropy(
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
        for (int i = 0; i < rows; i++) {
            int at = i * classes;
            int label = (int) target[targetAt + i];
            float f = factor[factorAt + i];
            loss[lossAt + i] = crossEntropy(f, loss[lossAt + i], z[zAt + at + label]);
            dz[dzAt + at + label] -= 1f;
            PlainArithmetic.scale(f, dz, dzAt + at, classes);
        }
    }

    /** A difference of two finite floats may overflow; the loss stays finite. */
    static float crossEntropy(float factor, float logSumExp, float logit) {
        return factor * Math.min(logSumExp - logit, Float.MAX_VALUE);
    }
}
