package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Coefficients.DENSITY_AT_0;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_BOUND;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_CUBIC;
import static io.gradstream.model.kernels.Coefficients.GELU_TANH_LINEAR;

/** Activations, forward and backward, in plain Java. */
final class PlainActivations {
    private PlainActivations() {}

    static void relu(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xAt + i];
            y[yAt + i] = v < 0f ? 0f : v;
        }
    }

    static void reluBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int i = 0; i < n; i++) {
            dx[dxAt + i] = y[yAt + i] > 0f ? dy[dyAt + i] : 0f;
        }
    }

    static void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xAt + i];
            y[yAt + i] = v < 0f ? slope * v : v;
        }
    }

    static void leakyReluBackward(float slope, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int i = 0; i < n; i++) {
            float d = dy[dyAt + i];
            dx[dxAt + i] = y[yAt + i] > 0f ? d : slope * d;
        }
    }

    static void sigmoidBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int i = 0; i < n; i++) {
            float s = y[yAt + i];
            dx[dxAt + i] = dy[dyAt + i] * (s * (1f - s));
        }
    }

    static void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int i = 0; i < n; i++) {
            float t = y[yAt + i];
            dx[dxAt + i] = dy[dyAt + i] * Math.fma(-t, t, 1f);
        }
    }

    static void silu(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xAt + i];
            y[yAt + i] = v * PlainFunctions.sigmoid(v);
        }
    }

    static void siluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xAt + i];
            float s = PlainFunctions.sigmoid(v);
            dx[dxAt + i] = dy[dyAt + i] * (s * Math.fma(v, 1f - s, 1f));
        }
    }

    static void gelu(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xAt + i];
            y[yAt + i] = v * PlainFunctions.normal(v, PlainFunctions.bell(v));
        }
    }

    static void geluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xAt + i];
            float bell = PlainFunctions.bell(v);
            dx[dxAt + i] = dy[dyAt + i] * Math.fma(v * bell, DENSITY_AT_0, PlainFunctions.normal(v, bell));
        }
    }

    static void geluTanh(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xAt + i];
            float b = bounded(v);
            y[yAt + i] = v * PlainFunctions.sigmoid(b * Math.fma(GELU_TANH_CUBIC, b * b, GELU_TANH_LINEAR));
        }
    }

    static void geluTanhBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int i = 0; i < n; i++) {
            float b = bounded(x[xAt + i]);
            float square = b * b;
            float s = PlainFunctions.sigmoid(b * Math.fma(GELU_TANH_CUBIC, square, GELU_TANH_LINEAR));
            float slope = Math.fma(3f * GELU_TANH_CUBIC, square, GELU_TANH_LINEAR);
            dx[dxAt + i] = dy[dyAt + i] * (s * Math.fma(b * (1f - s), slope, 1f));
        }
    }

    private static float bounded(float x) {
        float v = x < -GELU_TANH_BOUND ? -GELU_TANH_BOUND : x;
        return v > GELU_TANH_BOUND ? GELU_TANH_BOUND : v;
    }
}
