package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * Functions and activations, forward and backward. In place is fine: any two arrays may be the same at the same offset.
 *
 * <p>Conventions and choice of implementation as in {@link Kernels}. Backward passes overwrite {@code dx}; some take the
 * output y of the forward pass, some its input x.
 */
public final class ActivationKernels {
    private ActivationKernels() {}

    /** y = e^x: infinite above 88.72284, 0 below -86.98. Within 1 unit in the last place. */
    public static void exp(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorFunctions.exp(x, xAt, y, yAt, n);
        } else {
            PlainFunctions.exp(x, xAt, y, yAt, n);
        }
    }

    /** y = ln x: -∞ for ±0, NaN below. Within 2 units in the last place. */
    public static void log(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorFunctions.log(x, xAt, y, yAt, n);
        } else {
            PlainFunctions.log(x, xAt, y, yAt, n);
        }
    }

    /** y = tanh x. Within 3 units in the last place. */
    public static void tanh(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorFunctions.tanh(x, xAt, y, yAt, n);
        } else {
            PlainFunctions.tanh(x, xAt, y, yAt, n);
        }
    }

    /** dx = dy (1 - y²). */
    public static void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        if (VECTOR) {
            VectorActivations.tanhBackward(y, yAt, dy, dyAt, dx, dxAt, n);
        } else {
            PlainActivations.tanhBackward(y, yAt, dy, dyAt, dx, dxAt, n);
        }
    }

    /** y = 1 / (1 + e^-x). Within 3 units in the last place. */
    public static void sigmoid(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorFunctions.sigmoid(x, xAt, y, yAt, n);
        } else {
            PlainFunctions.sigmoid(x, xAt, y, yAt, n);
        }
    }

    /** dx = dy y (1 - y). */
    public static void sigmoidBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        if (VECTOR) {
            VectorActivations.sigmoidBackward(y, yAt, dy, dyAt, dx, dxAt, n);
        } else {
            PlainActivations.sigmoidBackward(y, yAt, dy, dyAt, dx, dxAt, n);
        }
    }

    /** y = log(1 + e^x), which never overflows. Within 2 units in the last place. */
    public static void softplus(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorFunctions.softplus(x, xAt, y, yAt, n);
        } else {
            PlainFunctions.softplus(x, xAt, y, yAt, n);
        }
    }

    /** y = x < 0 ? 0 : x. */
    public static void relu(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorActivations.relu(x, xAt, y, yAt, n);
        } else {
            PlainActivations.relu(x, xAt, y, yAt, n);
        }
    }

    /** dx = y > 0 ? dy : 0. */
    public static void reluBackward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        if (VECTOR) {
            VectorActivations.reluBackward(y, yAt, dy, dyAt, dx, dxAt, n);
        } else {
            PlainActivations.reluBackward(y, yAt, dy, dyAt, dx, dxAt, n);
        }
    }

    /** y = x < 0 ? slope * x : x, slope > 0. */
    public static void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorActivations.leakyRelu(slope, x, xAt, y, yAt, n);
        } else {
            PlainActivations.leakyRelu(slope, x, xAt, y, yAt, n);
        }
    }

    /** dx = y > 0 ? dy : slope * dy. */
    public static void leakyReluBackward(
            float slope, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        if (VECTOR) {
            VectorActivations.leakyReluBackward(slope, y, yAt, dy, dyAt, dx, dxAt, n);
        } else {
            PlainActivations.leakyReluBackward(slope, y, yAt, dy, dyAt, dx, dxAt, n);
        }
    }

    /** y = x sigmoid(x). */
    public static void silu(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorActivations.silu(x, xAt, y, yAt, n);
        } else {
            PlainActivations.silu(x, xAt, y, yAt, n);
        }
    }

    /** dx = dy s (1 + x (1 - s)), s = sigmoid(x). */
    public static void siluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        if (VECTOR) {
            VectorActivations.siluBackward(x, xAt, dy, dyAt, dx, dxAt, n);
        } else {
            PlainActivations.siluBackward(x, xAt, dy, dyAt, dx, dxAt, n);
        }
    }

    /** y = x Φ(x), Φ the normal distribution function: the exact GELU (Hendrycks and Gimpel, 2016). */
    public static void gelu(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorActivations.gelu(x, xAt, y, yAt, n);
        } else {
            PlainActivations.gelu(x, xAt, y, yAt, n);
        }
    }

    /** dx = dy (Φ(x) + x φ(x)). */
    public static void geluBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        if (VECTOR) {
            VectorActivations.geluBackward(x, xAt, dy, dyAt, dx, dxAt, n);
        } else {
            PlainActivations.geluBackward(x, xAt, dy, dyAt, dx, dxAt, n);
        }
    }

    /** y = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2: the tanh form of GELU. */
    public static void geluTanh(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorActivations.geluTanh(x, xAt, y, yAt, n);
        } else {
            PlainActivations.geluTanh(x, xAt, y, yAt, n);
        }
    }

    /** The derivative of {@link #geluTanh} at x, times dy. */
    public static void geluTanhBackward(float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        if (VECTOR) {
            VectorActivations.geluTanhBackward(x, xAt, dy, dyAt, dx, dxAt, n);
        } else {
            PlainActivations.geluTanhBackward(x, xAt, dy, dyAt, dx, dxAt, n);
        }
    }

    /**
     * y = softmax of each row of x, contiguous (rows, columns). Safe for all finite logits, and for -∞ beside a finite one.
     */
    public static void softmaxRows(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        if (VECTOR) {
            VectorSoftmax.softmaxRows(rows, columns, x, xAt, y, yAt);
        } else {
            PlainSoftmax.softmaxRows(rows, columns, x, xAt, y, yAt);
        }
    }

    /** dx = y (dy - sum of dy y), row by row. */
    public static void softmaxRowsBackward(
            int rows, int columns, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
        if (VECTOR) {
            VectorSoftmax.softmaxRowsBackward(rows, columns, y, yAt, dy, dyAt, dx, dxAt);
        } else {
            PlainSoftmax.softmaxRowsBackward(rows, columns, y, yAt, dy, dyAt, dx, dxAt);
        }
    }

    /** y = x - log of the sum of e^x, row by row, contiguous (rows, columns). */
    public static void logSoftmaxRows(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        if (VECTOR) {
            VectorSoftmax.logSoftmaxRows(rows, columns, x, xAt, y, yAt);
        } else {
            PlainSoftmax.logSoftmaxRows(rows, columns, x, xAt, y, yAt);
        }
    }

    /** dx = dy - e^y sum of dy, row by row. */
    public static void logSoftmaxRowsBackward(
            int rows, int columns, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
        if (VECTOR) {
            VectorSoftmax.logSoftmaxRowsBackward(rows, columns, y, yAt, dy, dyAt, dx, dxAt);
        } else {
            PlainSoftmax.logSoftmaxRowsBackward(rows, columns, y, yAt, dy, dyAt, dx, dxAt);
        }
    }
}
