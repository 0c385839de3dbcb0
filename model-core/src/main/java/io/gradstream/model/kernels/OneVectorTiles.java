package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * Eight rows and one vector of columns, which is what is left over where the columns are not a multiple of two: for machines with 32 vector
 * registers, on which eight sums under way are enough. {@link WideRowTiles} and {@link WideTiles} would do it at half the speed, as two vectors.
 */
final class OneVectorTiles {
    private OneVectorTiles() {}

    /** C (rows ≤ 8, one vector) += A · B, with the rows of A {@code aRow} apart, and those of B {@code bStep}. */
    static void multiply(
            int rows, int k, float[] a, int aAt, int aRow, float[] b, int bAt, int bStep, float[] c, int cAt, int ldc) {
        int a0 = aAt;
        int a1 = rows > 1 ? a0 + aRow : a0;
        int a2 = rows > 2 ? a1 + aRow : a1;
        int a3 = rows > 3 ? a2 + aRow : a2;
        int a4 = rows > 4 ? a3 + aRow : a3;
        int a5 = rows > 5 ? a4 + aRow : a4;
        int a6 = rows > 6 ? a5 + aRow : a5;
        int a7 = rows > 7 ? a6 + aRow : a6;
        int c0 = cAt;
        int c1 = rows > 1 ? c0 + ldc : c0;
        int c2 = rows > 2 ? c1 + ldc : c1;
        int c3 = rows > 3 ? c2 + ldc : c2;
        int c4 = rows > 4 ? c3 + ldc : c3;
        int c5 = rows > 5 ? c4 + ldc : c4;
        int c6 = rows > 6 ? c5 + ldc : c5;
        int c7 = rows > 7 ? c6 + ldc : c6;
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, c0);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, c1);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, c2);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, c3);
        FloatVector s4 = FloatVector.fromArray(FLOATS, c, c4);
        FloatVector s5 = FloatVector.fromArray(FLOATS, c, c5);
        FloatVector s6 = FloatVector.fromArray(FLOATS, c, c6);
        FloatVector s7 = FloatVector.fromArray(FLOATS, c, c7);
        for (int p = 0; p < k; p++) {
            FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + p * bStep);
            s0 = FloatVector.broadcast(FLOATS, a[a0 + p]).fma(v, s0);
            s1 = FloatVector.broadcast(FLOATS, a[a1 + p]).fma(v, s1);
            s2 = FloatVector.broadcast(FLOATS, a[a2 + p]).fma(v, s2);
            s3 = FloatVector.broadcast(FLOATS, a[a3 + p]).fma(v, s3);
            s4 = FloatVector.broadcast(FLOATS, a[a4 + p]).fma(v, s4);
            s5 = FloatVector.broadcast(FLOATS, a[a5 + p]).fma(v, s5);
            s6 = FloatVector.broadcast(FLOATS, a[a6 + p]).fma(v, s6);
            s7 = FloatVector.broadcast(FLOATS, a[a7 + p]).fma(v, s7);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c5);
        s6.intoArray(c, c6);
        s7.intoArray(c, c7);
    }

    /**
     * C (rows ≤ 8, one vector) += A · B, with eight consecutive floats of A for each k, {@code aStep} apart, as
     * {@link WideTiles#panel} takes them: if rows < 8, the surplus floats must repeat the last row.
     */
    static void panel(
            int rows,
            int k,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int ldc) {
        int c0 = cAt;
        int c1 = rows > 1 ? c0 + ldc : c0;
        int c2 = rows > 2 ? c1 + ldc : c1;
        int c3 = rows > 3 ? c2 + ldc : c2;
        int c4 = rows > 4 ? c3 + ldc : c3;
        int c5 = rows > 5 ? c4 + ldc : c4;
        int c6 = rows > 6 ? c5 + ldc : c5;
        int c7 = rows > 7 ? c6 + ldc : c6;
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, c0);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, c1);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, c2);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, c3);
        FloatVector s4 = FloatVector.fromArray(FLOATS, c, c4);
        FloatVector s5 = FloatVector.fromArray(FLOATS, c, c5);
        FloatVector s6 = FloatVector.fromArray(FLOATS, c, c6);
        FloatVector s7 = FloatVector.fromArray(FLOATS, c, c7);
        int ai = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + p * bStep);
            s0 = FloatVector.broadcast(FLOATS, a[ai]).fma(v, s0);
            s1 = FloatVector.broadcast(FLOATS, a[ai + 1]).fma(v, s1);
            s2 = FloatVector.broadcast(FLOATS, a[ai + 2]).fma(v, s2);
            s3 = FloatVector.broadcast(FLOATS, a[ai + 3]).fma(v, s3);
            s4 = FloatVector.broadcast(FLOATS, a[ai + 4]).fma(v, s4);
            s5 = FloatVector.broadcast(FLOATS, a[ai + 5]).fma(v, s5);
            s6 = FloatVector.broadcast(FLOATS, a[ai + 6]).fma(v, s6);
            s7 = FloatVector.broadcast(FLOATS, a[ai + 7]).fma(v, s7);
            ai += aStep;
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c5);
        s6.intoArray(c, c6);
        s7.intoArray(c, c7);
    }
}
