package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * One step of an optimizer over the same n elements of parallel arrays: weights w, gradients g and slots, in one pass.
 *
 * <p>{@code decay} is the classic L2 penalty: the gradient used is g + decay w. Conventions and choice of implementation
 * as in {@link Kernels}.
 */
public final class OptimizerKernels {
    private OptimizerKernels() {}

    /** w -= rate d, d = g + decay w. */
    public static void sgd(float rate, float decay, float[] w, int wAt, float[] g, int gAt, int n) {
        if (VECTOR) {
            VectorOptimizers.sgd(rate, decay, w, wAt, g, gAt, n);
        } else {
            PlainOptimizers.sgd(rate, decay, w, wAt, g, gAt, n);
        }
    }

    /** Momentum (Polyak 1964, as in PyTorch): v = momentum v + d; w -= rate v; d = g + decay w. */
    public static void momentum(
            float rate,
            float momentum,
            float decay,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] v,
            int vAt,
            int n) {
        if (VECTOR) {
            VectorOptimizers.momentum(rate, momentum, decay, w, wAt, g, gAt, v, vAt, n);
        } else {
            PlainOptimizers.momentum(rate, momentum, decay, w, wAt, g, gAt, v, vAt, n);
        }
    }

    /**
     * Nesterov momentum (Sutskever et al. 2013): v = momentum v + d; w -= rate (d + momentum v); d = g + decay w.
     */
    public static void nesterov(
            float rate,
            float momentum,
            float decay,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] v,
            int vAt,
            int n) {
        if (VECTOR) {
            VectorOptimizers.nesterov(rate, momentum, decay, w, wAt, g, gAt, v, vAt, n);
        } else {
            PlainOptimizers.nesterov(rate, momentum, decay, w, wAt, g, gAt, v, vAt, n);
        }
    }

    /** Adagrad (Duchi et al. 2011): s += d²; w -= rate d / (√s + epsilon); d = g + decay w. */
    public static void adagrad(
            float rate, float epsilon, float decay, float[] w, int wAt, float[] g, int gAt, float[] s, int sAt, int n) {
        if (VECTOR) {
            VectorOptimizers.adagrad(rate, epsilon, decay, w, wAt, g, gAt, s, sAt, n);
        } else {
            PlainOptimizers.adagrad(rate, epsilon, decay, w, wAt, g, gAt, s, sAt, n);
        }
    }

    /**
     * RMSProp (Tieleman and Hinton 2012): s = memory s + fresh d²; w -= rate d / (√s + epsilon); d = g + decay w;
     * fresh = 1 - memory, rounded from double by the caller.
     */
    public static void rmsProp(
            float rate,
            float memory,
            float fresh,
            float epsilon,
            float decay,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] s,
            int sAt,
            int n) {
        if (VECTOR) {
            VectorOptimizers.rmsProp(rate, memory, fresh, epsilon, decay, w, wAt, g, gAt, s, sAt, n);
        } else {
            PlainOptimizers.rmsProp(rate, memory, fresh, epsilon, decay, w, wAt, g, gAt, s, sAt, n);
        }
    }

    /**
     * Adam and AdamW (Kingma and Ba 2015; Loshchilov and Hutter 2019): m = memory1 m + fresh1 d; v = memory2 v + fresh2 d²;
     * w = keep w - rate m / (√v rootScale + epsilon); d = g + decay w.
     *
     * <p>With learning rate r, coefficients β and step t from 1, in double and then rounded: fresh = 1 - β, rate =
     * r / (1 - β1^t), rootScale = 1 / √(1 - β2^t); keep = 1 for Adam, 1 - r · weight decay for AdamW, whose decay is 0.
     */
    public static void adam(
            float rate,
            float memory1,
            float fresh1,
            float memory2,
            float fresh2,
            float rootScale,
            float epsilon,
            float decay,
            float keep,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] m,
            int mAt,
            float[] v,
            int vAt,
            int n) {
        if (VECTOR) {
            VectorOptimizers.adam(
                    rate, memory1, fresh1, memory2, fresh2, rootScale, epsilon, decay, keep, w, wAt, g, gAt, m, mAt, v,
                    vAt, n);
        } else {
            PlainOptimizers.adam(
                    rate, memory1, fresh1, memory2, fresh2, rootScale, epsilon, decay, keep, w, wAt, g, gAt, m, mAt, v,
                    vAt, n);
        }
    }

    /**
     * FTRL-Proximal (McMahan et al. 2013, algorithm 1): σ = (√(s + g²) - √s) / alpha; z += g - σ w; s += g²; w = 0 if
     * |z| ≤ l1, else -(z - sign(z) l1) / ((beta + √s) / alpha + l2).
     */
    public static void ftrl(
            float alpha,
            float beta,
            float l1,
            float l2,
            float[] w,
            int wAt,
            float[] g,
            int gAt,
            float[] z,
            int zAt,
            float[] s,
            int sAt,
            int n) {
        if (VECTOR) {
            VectorOptimizers.ftrl(alpha, beta, l1, l2, w, wAt, g, gAt, z, zAt, s, sAt, n);
        } else {
            PlainOptimizers.ftrl(alpha, beta, l1, l2, w, wAt, g, gAt, z, zAt, s, sAt, n);
        }
    }

    /** w = sign(w) max(|w| - threshold, 0): the proximal step of an L1 penalty, threshold = rate · l1. */
    public static void softThreshold(float threshold, float[] w, int wAt, int n) {
        if (VECTOR) {
            VectorOptimizers.softThreshold(threshold, w, wAt, n);
        } else {
            PlainOptimizers.softThreshold(threshold, w, wAt, n);
        }
    }
}
