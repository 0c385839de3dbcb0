package io.gradstream.model.kernels;

/**
 * Losses and their gradients in plain Java. The sums over examples are by virtual lanes, made by the facade.
 *
 * <p>Where the model is sure and right, loss and slope are what is left of a probability beside 1: computed as such, instead of as the
 * difference of two large numbers or of 1 and a number next to it.
 */
final class PlainLosses {
    /** Below it -log(1 - rest) is a polynomial of rest. */
    private static final float SMALL_REST = 0.29f;

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
            float difference = finite(y[yAt + i] - target[targetAt + i]);
            float scaled = factor[factorAt + i] * difference;
            loss[lossAt + i] = scaled * difference;
            dy[dyAt + i] = scaled + scaled;
        }
    }

    /** A difference of two finite floats may overflow; times a factor of 0 it is still 0. */
    private static float finite(float x) {
        return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, x));
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
            float a = -Math.abs(v);
            // softplus(v) - t v and sigmoid(v) - t, on the side of 0 where nothing cancels.
            float straight = v < 0f ? -t : 1f - t;
            float s = PlainFunctions.sigmoid(a);
            loss[lossAt + i] = f * Math.fma(straight, v, PlainFunctions.softplus(a));
            dz[dzAt + i] = f * (v < 0f ? s - t : 1f - t - s);
        }
    }

    /** On entry dz holds the softmax of each row. */
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
            float p = dz[dzAt + at + label];
            float highest = PlainArithmetic.max(dz, dzAt + at, classes);
            float below = PlainArithmetic.max(z, zAt + at, classes) - z[zAt + at + label];
            dz[dzAt + at + label] = 0f;
            float rest = PlainSums.sum(dz, dzAt + at, classes);
            dz[dzAt + at + label] = slope(p, rest);
            float f = factor[factorAt + i];
            loss[lossAt + i] = f * minusLog(rest, below, highest);
            PlainArithmetic.scale(f, dz, dzAt + at, classes);
        }
    }

    /**
     * -log p of a class.
     *
     * @param rest the sum of all other probabilities
     * @param below how far its logit is below the highest; of two finite floats it may overflow, and the loss stays finite
     * @param highest the largest probability, 1 / the sum of exp(z - largest z)
     */
    static float minusLog(float rest, float below, float highest) {
        return rest < SMALL_REST
                ? -PlainFunctions.log1pReduced(-rest)
                : Math.min(below - PlainFunctions.log(highest), Float.MAX_VALUE);
    }

    /** p - 1 */
    static float slope(float p, float rest) {
        return rest < 0.5f ? -rest : p - 1f;
    }
}
