package io.gradstream.model.kernels;

/** Matrix products in plain Java: every element starts from C and takes its k terms in ascending order, each one fma. */
final class PlainProducts {
    private static final int CHAINS = 8;

    private PlainProducts() {}

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
            multiplyVector(m, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
            return;
        }
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                PlainArithmetic.axpy(a[aAt + i * lda + p], b, bAt + p * ldb, c, cAt + i * ldc, n);
            }
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
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                PlainArithmetic.axpy(a[aAt + p * lda + i], b, bAt + p * ldb, c, cAt + i * ldc, n);
            }
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
            multiplyVector(m, k, a, aAt, lda, b, bAt, 1, c, cAt, ldc);
            return;
        }
        for (int i = 0; i < m; i++) {
            int row = aAt + i * lda;
            int to = cAt + i * ldc;
            int j = 0;
            for (; j <= n - CHAINS; j += CHAINS) {
                chains(k, a, row, b, bAt + j * ldb, ldb, c, to + j);
            }
            for (; j < n; j++) {
                float sum = c[to + j];
                for (int p = 0; p < k; p++) {
                    sum = Math.fma(a[row + p], b[bAt + j * ldb + p], sum);
                }
                c[to + j] = sum;
            }
        }
    }

    /** Eight elements at once, because each fma of a chain waits for the one before. */
    private static void chains(int k, float[] a, int aAt, float[] b, int b0, int ldb, float[] c, int cAt) {
        int b1 = b0 + ldb;
        int b2 = b1 + ldb;
        int b3 = b2 + ldb;
        int b4 = b3 + ldb;
        int b5 = b4 + ldb;
        int b6 = b5 + ldb;
        int b7 = b6 + ldb;
        float s0 = c[cAt];
        float s1 = c[cAt + 1];
        float s2 = c[cAt + 2];
        float s3 = c[cAt + 3];
        float s4 = c[cAt + 4];
        float s5 = c[cAt + 5];
        float s6 = c[cAt + 6];
        float s7 = c[cAt + 7];
        for (int p = 0; p < k; p++) {
            float v = a[aAt + p];
            s0 = Math.fma(v, b[b0 + p], s0);
            s1 = Math.fma(v, b[b1 + p], s1);
            s2 = Math.fma(v, b[b2 + p], s2);
            s3 = Math.fma(v, b[b3 + p], s3);
            s4 = Math.fma(v, b[b4 + p], s4);
            s5 = Math.fma(v, b[b5 + p], s5);
            s6 = Math.fma(v, b[b6 + p], s6);
            s7 = Math.fma(v, b[b7 + p], s7);
        }
        c[cAt] = s0;
        c[cAt + 1] = s1;
        c[cAt + 2] = s2;
        c[cAt + 3] = s3;
        c[cAt + 4] = s4;
        c[cAt + 5] = s5;
        c[cAt + 6] = s6;
        c[cAt + 7] = s7;
    }

    /** The one-column case: each element is C plus a {@link PlainSums#dot}. */
    private static void multiplyVector(
            int m, int k, float[] a, int aAt, int lda, float[] b, int bAt, int stride, float[] c, int cAt, int ldc) {
        float[] column = b;
        int columnAt = bAt;
        if (stride != 1) {
            column = Scratch.floats(Scratch.OPERAND, k);
            columnAt = 0;
            for (int p = 0; p < k; p++) {
                column[p] = b[bAt + p * stride];
            }
        }
        for (int i = 0; i < m; i++) {
            c[cAt + i * ldc] += PlainSums.dot(a, aAt + i * lda, column, columnAt, k);
        }
    }
}
