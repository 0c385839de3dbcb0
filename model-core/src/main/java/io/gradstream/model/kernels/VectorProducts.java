package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.LENGTH;

/**
 * Matrix products with vectors. Wide shapes go to {@link TiledProduct}; here are the narrow ones, which are brought to a wide
 * shape, or to dot products where n = 1.
 *
 * <p>Whatever the way, every element starts from C and takes its k terms in ascending order, each one fma; only n = 1 differs,
 * as {@link Kernels#multiply} says. So a way may be chosen by speed alone, also by m or by the width of a vector.
 */
final class VectorProducts {
    /** With fewer rows, bringing a product to another shape costs more than it saves. */
    private static final int FEW_ROWS = 4;

    private VectorProducts() {}

    /** Whether m rows should meet a right factor that is packed, if packing it costs them nothing. */
    static boolean packs(int m, int n) {
        return n >= LENGTH && m >= FEW_ROWS;
    }

    static void multiply(
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
        if (n == 1) {
            VectorDots.multiply(m, k, a, aAt, lda, contiguous(k, b, bAt, ldb), ldb == 1 ? bAt : 0, c, cAt, ldc);
        } else if (n >= LENGTH) {
            TiledProduct.multiply(m, n, k, a, aAt, lda, 1, b, bAt, ldb, c, cAt, ldc);
        } else if (m < FEW_ROWS) {
            PlainProducts.multiply(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        } else {
            float[] wide = Scratch.floats(Scratch.OPERAND, k * LENGTH);
            PlainRows.copyRows(k, n, b, bAt, ldb, wide, 0, LENGTH);
            multiplyNarrow(m, n, k, a, aAt, lda, wide, c, cAt, ldc);
        }
    }

    static void multiplyTransposedA(
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
        if (n >= LENGTH) {
            TiledProduct.multiply(m, n, k, a, aAt, 1, lda, b, bAt, ldb, c, cAt, ldc);
        } else if (m < LENGTH) {
            PlainProducts.multiplyTransposedA(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        } else if (n == 1 && ldc == 1) {
            TiledProduct.multiply(1, m, k, b, bAt, 1, ldb, a, aAt, lda, c, cAt, m);
        } else {
            // Cᵀ += Bᵀ A: the many columns of A lie side by side.
            float[] result = Scratch.floats(Scratch.RESULT, n * m);
            Packing.transpose(m, n, c, cAt, ldc, result, 0, m);
            TiledProduct.multiply(n, m, k, b, bAt, 1, ldb, a, aAt, lda, result, 0, m);
            Packing.transpose(n, m, result, 0, m, c, cAt, ldc);
        }
    }

    static void multiplyTransposedB(
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
        if (n == 1) {
            VectorDots.multiply(m, k, a, aAt, lda, b, bAt, c, cAt, ldc);
        } else if (k == 1 && ldb == 1 && n >= LENGTH) {
            for (int i = 0; i < m; i++) {
                VectorArithmetic.axpy(a[aAt + i * lda], b, bAt, c, cAt + i * ldc, n);
            }
        } else if (m < FEW_ROWS) {
            PlainProducts.multiplyTransposedB(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        } else if (n < LENGTH) {
            float[] wide = Scratch.floats(Scratch.OPERAND, k * LENGTH);
            Packing.transpose(n, k, b, bAt, ldb, wide, 0, LENGTH);
            multiplyNarrow(m, n, k, a, aAt, lda, wide, c, cAt, ldc);
        } else if ((long) m * (k + 2 * n) < (long) n * k) {
            multiplySwapped(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        } else {
            TiledProduct.multiplyTransposedB(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        }
    }

    /** With B (k, n) in the first columns of {@code wide} (k, one vector). */
    private static void multiplyNarrow(
            int m, int n, int k, float[] a, int aAt, int lda, float[] wide, float[] c, int cAt, int ldc) {
        Packing.clearColumns(k, n, LENGTH, wide);
        float[] result = Scratch.floats(Scratch.RESULT, m * LENGTH);
        PlainRows.copyRows(m, n, c, cAt, ldc, result, 0, LENGTH);
        Packing.clearColumns(m, n, LENGTH, result);
        TiledProduct.multiply(m, LENGTH, k, a, aAt, lda, 1, wide, 0, LENGTH, result, 0, LENGTH);
        PlainRows.copyRows(m, n, result, 0, LENGTH, c, cAt, ldc);
    }

    /** Cᵀ += B Aᵀ: where A and C are small, this moves fewer numbers than transposing B. */
    private static void multiplySwapped(
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
        int wide = Math.max(m, LENGTH);
        float[] right = Scratch.floats(Scratch.OPERAND, k * wide);
        float[] result = Scratch.floats(Scratch.RESULT, n * wide);
        Packing.transpose(m, k, a, aAt, lda, right, 0, wide);
        Packing.clearColumns(k, m, wide, right);
        Packing.transpose(m, n, c, cAt, ldc, result, 0, wide);
        Packing.clearColumns(n, m, wide, result);
        TiledProduct.multiply(n, wide, k, b, bAt, ldb, 1, right, 0, wide, result, 0, wide);
        Packing.transpose(n, m, result, 0, wide, c, cAt, ldc);
    }

    private static float[] contiguous(int k, float[] b, int bAt, int stride) {
        if (stride == 1) {
            return b;
        }
        float[] column = Scratch.floats(Scratch.OPERAND, k);
        Packing.transpose(k, 1, b, bAt, stride, column, 0, 1);
        return column;
    }
}
