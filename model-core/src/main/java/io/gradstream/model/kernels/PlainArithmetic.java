package io.gradstream.model.kernels;

import java.util.Arrays;

/** Element-wise passes in plain Java: the definition of each. */
final class PlainArithmetic {
    private PlainArithmetic() {}

    static void fill(float value, float[] x, int xAt, int n) {
        Arrays.fill(x, xAt, xAt + n, value);
    }

    static void copy(float[] x, int xAt, float[] y, int yAt, int n) {
        System.arraycopy(x, xAt, y, yAt, n);
    }

    static void add(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += x[xAt + i];
        }
    }

    static void axpy(float a, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = Math.fma(a, x[xAt + i], y[yAt + i]);
        }
    }

    static void scale(float a, float[] x, int xAt, int n) {
        for (int i = 0; i < n; i++) {
            x[xAt + i] *= a;
        }
    }

    static void multiplyElements(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] *= x[xAt + i];
        }
    }

    static void multiplyAdd(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n) {
        for (int i = 0; i < n; i++) {
            z[zAt + i] = Math.fma(x[xAt + i], y[yAt + i], z[zAt + i]);
        }
    }

    static boolean allFinite(float[] x, int xAt, int n) {
        // 0 * x is 0 for a finite x and NaN for any other, and a NaN stays in the sum. Four sums do not wait for each
        // other.
        float zeros0 = 0;
        float zeros1 = 0;
        float zeros2 = 0;
        float zeros3 = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            zeros0 = Math.fma(0f, x[xAt + i], zeros0);
            zeros1 = Math.fma(0f, x[xAt + i + 1], zeros1);
            zeros2 = Math.fma(0f, x[xAt + i + 2], zeros2);
            zeros3 = Math.fma(0f, x[xAt + i + 3], zeros3);
        }
        for (; i < n; i++) {
            zeros0 = Math.fma(0f, x[xAt + i], zeros0);
        }
        return zeros0 + zeros1 + (zeros2 + zeros3) == 0;
    }

    static float max(float[] x, int xAt, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[xAt + i]);
        }
        return max;
    }

    static void clamp(float low, float high, float[] x, int xAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xAt + i];
            v = v < low ? low : v;
            x[xAt + i] = v > high ? high : v;
        }
    }
}
