package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of the matrix products for many rows: a block of C stays in registers while k runs.
 *
 * <p>Each element starts from C and takes its terms in ascending k, each one fma, so which tile computes it cannot be seen
 * in the result. A tile serves fewer rows and columns than it has: surplus rows repeat the last one, and a block of
 * {@code width} columns, at least one vector, is covered by two vectors that overlap. What is computed twice is stored twice
 * with the same bits, since all of C is read before any of it is written.
 *
 * <p>Accumulators are named locals because the JIT keeps an array of vectors on the heap. Why each tile has its shape is in
 * {@code docs/kernels.md}.
 */
final class Tiles {
    /** Rows of the tiles. */
    static final int ROWS = 6;

    private Tiles() {}

    /**
     * C (rows ≤ 6, width ≤ 2 vectors) += A · B, with six consecutive floats of A for each k, {@code aStep} apart.
     * If rows < 6, the surplus floats must repeat the last row.
     */
    static void panel(
            int rows,
            int width,
            int k,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        int j1 = width - LENGTH;
        int c1 = rows > 1 ? cAt + ldc : cAt;
        int c2 = rows > 2 ? c1 + ldc : c1;
        int c3 = rows > 3 ? c2 + ldc : c2;
        int c4 = rows > 4 ? c3 + ldc : c3;
        int c5 = rows > 5 ? c4 + ldc : c4;
        FloatVector s0_0 = FloatVector.fromArray(FLOATS, c, cAt);
        FloatVector s0_1 = FloatVector.fromArray(FLOATS, c, cAt + j1);
        FloatVector s1_0 = FloatVector.fromArray(FLOATS, c, c1);
        FloatVector s1_1 = FloatVector.fromArray(FLOATS, c, c1 + j1);
        FloatVector s2_0 = FloatVector.fromArray(FLOATS, c, c2);
        FloatVector s2_1 = FloatVector.fromArray(FLOATS, c, c2 + j1);
        FloatVector s3_0 = FloatVector.fromArray(FLOATS, c, c3);
        FloatVector s3_1 = FloatVector.fromArray(FLOATS, c, c3 + j1);
        FloatVector s4_0 = FloatVector.fromArray(FLOATS, c, c4);
        FloatVector s4_1 = FloatVector.fromArray(FLOATS, c, c4 + j1);
        FloatVector s5_0 = FloatVector.fromArray(FLOATS, c, c5);
        FloatVector s5_1 = FloatVector.fromArray(FLOATS, c, c5 + j1);
        int bi = bAt;
        int ai = aAt;
        for (int p = 1; p < k; p += 2) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bi);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bi + j1);
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0_0 = v.fma(b0, s0_0);
            s0_1 = v.fma(b1, s0_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 1]);
            s1_0 = v.fma(b0, s1_0);
            s1_1 = v.fma(b1, s1_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 2]);
            s2_0 = v.fma(b0, s2_0);
            s2_1 = v.fma(b1, s2_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 3]);
            s3_0 = v.fma(b0, s3_0);
            s3_1 = v.fma(b1, s3_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 4]);
            s4_0 = v.fma(b0, s4_0);
            s4_1 = v.fma(b1, s4_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 5]);
            s5_0 = v.fma(b0, s5_0);
            s5_1 = v.fma(b1, s5_1);
            ai += aStep;
            bi += ldb;
            b0 = FloatVector.fromArray(FLOATS, b, bi);
            b1 = FloatVector.fromArray(FLOATS, b, bi + j1);
            v = FloatVector.broadcast(FLOATS, a[ai]);
            s0_0 = v.fma(b0, s0_0);
            s0_1 = v.fma(b1, s0_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 1]);
            s1_0 = v.fma(b0, s1_0);
            s1_1 = v.fma(b1, s1_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 2]);
            s2_0 = v.fma(b0, s2_0);
            s2_1 = v.fma(b1, s2_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 3]);
            s3_0 = v.fma(b0, s3_0);
            s3_1 = v.fma(b1, s3_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 4]);
            s4_0 = v.fma(b0, s4_0);
            s4_1 = v.fma(b1, s4_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 5]);
            s5_0 = v.fma(b0, s5_0);
            s5_1 = v.fma(b1, s5_1);
            ai += aStep;
            bi += ldb;
        }
        if ((k & 1) != 0) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bi);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bi + j1);
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0_0 = v.fma(b0, s0_0);
            s0_1 = v.fma(b1, s0_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 1]);
            s1_0 = v.fma(b0, s1_0);
            s1_1 = v.fma(b1, s1_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 2]);
            s2_0 = v.fma(b0, s2_0);
            s2_1 = v.fma(b1, s2_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 3]);
            s3_0 = v.fma(b0, s3_0);
            s3_1 = v.fma(b1, s3_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 4]);
            s4_0 = v.fma(b0, s4_0);
            s4_1 = v.fma(b1, s4_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 5]);
            s5_0 = v.fma(b0, s5_0);
            s5_1 = v.fma(b1, s5_1);
        }
        s0_0.intoArray(c, cAt);
        s0_1.intoArray(c, cAt + j1);
        s1_0.intoArray(c, c1);
        s1_1.intoArray(c, c1 + j1);
        s2_0.intoArray(c, c2);
        s2_1.intoArray(c, c2 + j1);
        s3_0.intoArray(c, c3);
        s3_1.intoArray(c, c3 + j1);
        s4_0.intoArray(c, c4);
        s4_1.intoArray(c, c4 + j1);
        s5_0.intoArray(c, c5);
        s5_1.intoArray(c, c5 + j1);
    }

    /**
     * C (rows ≤ 6, width ≤ 2 vectors) += A · B, with the elements of A {@code aRow} apart by row and {@code aStep} by k.
     */
    static void strided(
            int rows,
            int width,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        int j1 = width - LENGTH;
        int a1 = rows > 1 ? aRow : 0;
        int a2 = rows > 2 ? a1 + aRow : a1;
        int a3 = rows > 3 ? a2 + aRow : a2;
        int a4 = rows > 4 ? a3 + aRow : a3;
        int a5 = rows > 5 ? a4 + aRow : a4;
        int c1 = rows > 1 ? cAt + ldc : cAt;
        int c2 = rows > 2 ? c1 + ldc : c1;
        int c3 = rows > 3 ? c2 + ldc : c2;
        int c4 = rows > 4 ? c3 + ldc : c3;
        int c5 = rows > 5 ? c4 + ldc : c4;
        FloatVector s0_0 = FloatVector.fromArray(FLOATS, c, cAt);
        FloatVector s0_1 = FloatVector.fromArray(FLOATS, c, cAt + j1);
        FloatVector s1_0 = FloatVector.fromArray(FLOATS, c, c1);
        FloatVector s1_1 = FloatVector.fromArray(FLOATS, c, c1 + j1);
        FloatVector s2_0 = FloatVector.fromArray(FLOATS, c, c2);
        FloatVector s2_1 = FloatVector.fromArray(FLOATS, c, c2 + j1);
        FloatVector s3_0 = FloatVector.fromArray(FLOATS, c, c3);
        FloatVector s3_1 = FloatVector.fromArray(FLOATS, c, c3 + j1);
        FloatVector s4_0 = FloatVector.fromArray(FLOATS, c, c4);
        FloatVector s4_1 = FloatVector.fromArray(FLOATS, c, c4 + j1);
        FloatVector s5_0 = FloatVector.fromArray(FLOATS, c, c5);
        FloatVector s5_1 = FloatVector.fromArray(FLOATS, c, c5 + j1);
        int bi = bAt;
        int ai = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bi);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bi + j1);
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0_0 = v.fma(b0, s0_0);
            s0_1 = v.fma(b1, s0_1);
            v = FloatVector.broadcast(FLOATS, a[ai + a1]);
            s1_0 = v.fma(b0, s1_0);
            s1_1 = v.fma(b1, s1_1);
            v = FloatVector.broadcast(FLOATS, a[ai + a2]);
            s2_0 = v.fma(b0, s2_0);
            s2_1 = v.fma(b1, s2_1);
            v = FloatVector.broadcast(FLOATS, a[ai + a3]);
            s3_0 = v.fma(b0, s3_0);
            s3_1 = v.fma(b1, s3_1);
            v = FloatVector.broadcast(FLOATS, a[ai + a4]);
            s4_0 = v.fma(b0, s4_0);
            s4_1 = v.fma(b1, s4_1);
            v = FloatVector.broadcast(FLOATS, a[ai + a5]);
            s5_0 = v.fma(b0, s5_0);
            s5_1 = v.fma(b1, s5_1);
            ai += aStep;
            bi += ldb;
        }
        s0_0.intoArray(c, cAt);
        s0_1.intoArray(c, cAt + j1);
        s1_0.intoArray(c, c1);
        s1_1.intoArray(c, c1 + j1);
        s2_0.intoArray(c, c2);
        s2_1.intoArray(c, c2 + j1);
        s3_0.intoArray(c, c3);
        s3_1.intoArray(c, c3 + j1);
        s4_0.intoArray(c, c4);
        s4_1.intoArray(c, c4 + j1);
        s5_0.intoArray(c, c5);
        s5_1.intoArray(c, c5 + j1);
    }
}
