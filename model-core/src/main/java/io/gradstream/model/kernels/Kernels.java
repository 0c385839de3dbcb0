package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * Element-wise passes, sums and matrix products over {@code float[]}; the other facades of this package are {@link
 * RowKernels}, {@link ActivationKernels}, {@link LossKernels} and {@link OptimizerKernels}.
 *
 * <p>An array argument {@code x} comes with {@code xAt}, the index of its first element; {@code n} counts elements.
 * Arrays may be the same only where both offsets are, unless said otherwise. Matrices are row-major, {@code ldx} is the
 * distance between the starts of two rows.
 *
 * <p>Whether the vector or the plain version does the work is decided once, at the first call of any kernel: the vector
 * version if the JVM has the module {@code jdk.incubator.vector} (started with
 * {@code --add-modules jdk.incubator.vector}), else the plain one. Results are the same to the bit. Two system
 * properties override this, for tests: {@code gradstream.kernels} ({@code auto}, {@code vector}, {@code plain}) and
 * {@code gradstream.vector-bits} (128, 256, 512; by default what the machine prefers).
 */
public final class Kernels {
    private Kernels() {}

    /** The kernels in use: {@code "vector, 256 bits"}, or {@code "plain Java"} and why. */
    public static String description() {
        return Implementation.DESCRIPTION;
    }

    /** Whether the vector kernels are in use; if not, {@link #description} says why. */
    public static boolean vectorized() {
        return VECTOR;
    }

    /** x = value. */
    public static void fill(float value, float[] x, int xAt, int n) {
        PlainArithmetic.fill(value, x, xAt, n);
    }

    /** y += x. */
    public static void add(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorArithmetic.add(x, xAt, y, yAt, n);
        } else {
            PlainArithmetic.add(x, xAt, y, yAt, n);
        }
    }

    /** y += a * x, each element one fma. */
    public static void axpy(float a, float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorArithmetic.axpy(a, x, xAt, y, yAt, n);
        } else {
            PlainArithmetic.axpy(a, x, xAt, y, yAt, n);
        }
    }

    /** x *= a. */
    public static void scale(float a, float[] x, int xAt, int n) {
        if (VECTOR) {
            VectorArithmetic.scale(a, x, xAt, n);
        } else {
            PlainArithmetic.scale(a, x, xAt, n);
        }
    }

    /** y *= x, element by element. */
    public static void multiplyElements(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorArithmetic.multiplyElements(x, xAt, y, yAt, n);
        } else {
            PlainArithmetic.multiplyElements(x, xAt, y, yAt, n);
        }
    }

    /** z += x * y, element by element, each one fma. */
    public static void multiplyAdd(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n) {
        if (VECTOR) {
            VectorArithmetic.multiplyAdd(x, xAt, y, yAt, z, zAt, n);
        } else {
            PlainArithmetic.multiplyAdd(x, xAt, y, yAt, z, zAt, n);
        }
    }

    /** y = x, for arrays that are not the same; where n is short, faster than {@link System#arraycopy}. */
    public static void copy(float[] x, int xAt, float[] y, int yAt, int n) {
        if (VECTOR) {
            VectorArithmetic.copy(x, xAt, y, yAt, n);
        } else {
            PlainArithmetic.copy(x, xAt, y, yAt, n);
        }
    }

    /** Brings x into [low, high]; NaN stays NaN. */
    public static void clamp(float low, float high, float[] x, int xAt, int n) {
        if (VECTOR) {
            VectorArithmetic.clamp(low, high, x, xAt, n);
        } else {
            PlainArithmetic.clamp(low, high, x, xAt, n);
        }
    }

    /** Whether no element is NaN or infinite. */
    public static boolean allFinite(float[] x, int xAt, int n) {
        return VECTOR ? VectorArithmetic.allFinite(x, xAt, n) : PlainArithmetic.allFinite(x, xAt, n);
    }

    /**
     * The sum of x * y. Whole blocks of 16 elements go to 16 virtual lanes, each element one fma; the r elements of the
     * last, partial block go to the last r lanes. Then lane j takes lane j + 8, lane j + 4, lane j + 2 and lane j + 1.
     */
    public static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        return VECTOR ? VectorSums.dot(x, xAt, y, yAt, n) : PlainSums.dot(x, xAt, y, yAt, n);
    }

    /** The sum of x, in the order of {@link #dot}. */
    public static float sum(float[] x, int xAt, int n) {
        return VECTOR ? VectorSums.sum(x, xAt, n) : PlainSums.sum(x, xAt, n);
    }

    /** The sum of x * x, in the order of {@link #dot}. */
    public static float sumOfSquares(float[] x, int xAt, int n) {
        return VECTOR ? VectorSums.sumOfSquares(x, xAt, n) : PlainSums.sumOfSquares(x, xAt, n);
    }

    /**
     * C (m, n) += A (m, k) · B (k, n). Every element starts from C and takes its k terms in ascending order, each one
     * fma; with n = 1 it is C plus a {@link #dot}.
     */
    public static void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int lda,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        if (VECTOR) {
            VectorProducts.multiply(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        } else {
            PlainProducts.multiply(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        }
    }

    /**
     * C (m, n) += A (k, m)ᵀ · B (k, n). Every element starts from C and takes its k terms in ascending order, each one
     * fma.
     */
    public static void multiplyTransposedA(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int lda,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        if (VECTOR) {
            VectorProducts.multiplyTransposedA(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        } else {
            PlainProducts.multiplyTransposedA(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        }
    }

    /** C (m, n) += A (m, k) · B (n, k)ᵀ: the same bits as {@link #multiply} with the transposed B. */
    public static void multiplyTransposedB(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int lda,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        if (VECTOR) {
            VectorProducts.multiplyTransposedB(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        } else {
            PlainProducts.multiplyTransposedB(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        }
    }
}
