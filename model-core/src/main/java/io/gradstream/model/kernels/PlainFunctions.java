package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Coefficients.*;

/**
 * The transcendental functions, one float at a time, and as passes over arrays.
 *
 * <p>Errors in units of the last place, at most (see {@code FunctionAccuracyTest}): exp 1, log 2, tanh 3,
 * sigmoid 3, softplus 2.
 */
final class PlainFunctions {
    private PlainFunctions() {}

    /** e^x: infinite above 88.72284, 0 below -86.98, NaN for NaN. */
    static float exp(float x) {
        float shifted = Math.fma(x, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float q = Math.fma(EXP_4, r, EXP_3);
        q = Math.fma(q, r, EXP_2);
        q = Math.fma(q, r, EXP_1);
        q = Math.fma(q, r, EXP_0);
        q = Math.fma(q, r, 2f);
        q = Math.fma(q, r, 2f);
        // 2 exp(r) times 2^(n-1), because 2^128 is no float.
        float y = q * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT_SHIFT) + HALF_BITS);
        y = x > EXP_HIGHEST ? Float.POSITIVE_INFINITY : y;
        return x < EXP_LOWEST ? 0f : y;
    }

    /** ln x: -∞ for ±0, NaN for x < 0 and NaN, ∞ for ∞; denormals are exact inputs. */
    static float log(float x) {
        boolean small = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(small ? x * TWO_TO_23 : x);
        int exponent = (bits - ROOT_HALF_BITS) >> EXPONENT_SHIFT;
        float f = Float.intBitsToFloat(bits - (exponent << EXPONENT_SHIFT)) - 1f;
        float n = (float) exponent + (small ? -23f : 0f);
        float y = Math.fma(n, LN2_HIGH, Math.fma(n, LN2_LOW, log1pReduced(f)));
        y = x == 0f ? Float.NEGATIVE_INFINITY : y;
        y = x < Float.POSITIVE_INFINITY ? y : x;
        return x < 0f ? Float.NaN : y;
    }

    /** log(1 + f) for f in [√½ - 1, √2 - 1]. */
    static float log1pReduced(float f) {
        float q = Math.fma(LOG_7, f, LOG_6);
        q = Math.fma(q, f, LOG_5);
        q = Math.fma(q, f, LOG_4);
        q = Math.fma(q, f, LOG_3);
        q = Math.fma(q, f, LOG_2);
        q = Math.fma(q, f, LOG_1);
        q = Math.fma(q, f, LOG_0);
        float square = f * f;
        return Math.fma(square * f, q, Math.fma(-0.5f, square, f));
    }

    /** tanh x by (e - 1) / (e + 1) with e = exp(2|x|), where e - 1 keeps its relative accuracy near 0. */
    static float tanh(float x) {
        float a = Math.abs(x);
        a = a > TANH_SATURATED ? TANH_SATURATED : a;
        float twice = a + a;
        float shifted = Math.fma(twice, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, twice));
        float q = Math.fma(EXPM1_4, r, EXPM1_3);
        q = Math.fma(q, r, EXPM1_2);
        q = Math.fma(q, r, EXPM1_1);
        q = Math.fma(q, r, EXPM1_0);
        q = Math.fma(r * r, q, r);
        float scale = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << EXPONENT_SHIFT) + ONE_BITS);
        float expm1 = Math.fma(scale, q, scale - 1f);
        float y = expm1 / (expm1 + 2f);
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & SIGN_BIT));
    }

    /** 1 / (1 + e^-x). */
    static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    /** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). */
    static float softplus(float x) {
        float u = exp(-Math.abs(x));
        boolean large = u > ROOT_TWO_LESS_ONE;
        float f = large ? (u - 1f) * 0.5f : u;
        float y = log1pReduced(f) + (large ? LN2 : 0f);
        return y + (x < 0f ? 0f : x);
    }

    /** exp(-x²/2), the normal density but for its factor. */
    static float bell(float x) {
        return exp(-0.5f * x * x);
    }

    /** The normal distribution function Φ(x), given {@code bell(x)}; the lower tail keeps its relative accuracy. */
    static float normal(float x, float bell) {
        float t = 1f / Math.fma(TAIL_RATE, Math.abs(x), 1f);
        float q = Math.fma(TAIL_7, t, TAIL_6);
        q = Math.fma(q, t, TAIL_5);
        q = Math.fma(q, t, TAIL_4);
        q = Math.fma(q, t, TAIL_3);
        q = Math.fma(q, t, TAIL_2);
        q = Math.fma(q, t, TAIL_1);
        q = Math.fma(q, t, TAIL_0);
        float tail = q * t * bell;
        return x > 0f ? 1f - tail : tail;
    }

    static void exp(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = exp(x[xAt + i]);
        }
    }

    static void log(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = log(x[xAt + i]);
        }
    }

    static void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = tanh(x[xAt + i]);
        }
    }

    static void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = sigmoid(x[xAt + i]);
        }
    }

    static void softplus(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = softplus(x[xAt + i]);
        }
    }
}
