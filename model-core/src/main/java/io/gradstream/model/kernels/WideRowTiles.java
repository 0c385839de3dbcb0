package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * {@link RowTiles} for machines with 32 vector registers, which are those with 512 bits: twice the rows keep twice the sums under way, so that none
 * waits for the one before it, and each vector of B serves twice as often. So it is as fast with rows of B that lie any distance apart. Mini-batches of 32 and 64 leave no rows over here either.
 */
final class WideRowTiles {
    /** Rows of the tile. */
    static final int ROWS = 8;

    private WideRowTiles() {}

    /** C (rows ≤ 8, width ≤ 2 vectors) += A · B, with the rows of A {@code aRow} apart, and those of B {@code bStep}. */
    static void multiply(
            int rows,
            int width,
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int ldc) {
        int j1 = width - LENGTH;
        int a1 = rows > 1 ? aAt + aRow : aAt;
        int a2 = rows > 2 ? a1 + aRow : a1;
        int a3 = rows > 3 ? a2 + aRow : a2;
        int a4 = rows > 4 ? a3 + aRow : a3;
        int a5 = rows > 5 ? a4 + aRow : a4;
        int a6 = rows > 6 ? a5 + aRow : a5;
        int a7 = rows > 7 ? a6 + aRow : a6;
        int c1 = rows > 1 ? cAt + ldc : cAt;
        int c2 = rows > 2 ? c1 + ldc : c1;
        int c3 = rows > 3 ? c2 + ldc : c2;
        int c4 = rows > 4 ? c3 + ldc : c3;
        int c5 = rows > 5 ? c4 + ldc : c4;
        int c6 = rows > 6 ? c5 + ldc : c5;
        int c7 = rows > 7 ? c6 + ldc : c6;
        int bAt1 = bAt + j1;
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
        FloatVector s6_0 = FloatVector.fromArray(FLOATS, c, c6);
        FloatVector s6_1 = FloatVector.fromArray(FLOATS, c, c6 + j1);
        FloatVector s7_0 = FloatVector.fromArray(FLOATS, c, c7);
        FloatVector s7_1 = FloatVector.fromArray(FLOATS, c, c7 + j1);
        int p = 0;
        for (; p <= k - 2; p += 2) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + p * bStep);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt1 + p * bStep);
            FloatVector v = FloatVector.broadcast(FLOATS, a[aAt + p]);
            s0_0 = v.fma(b0, s0_0);
            s0_1 = v.fma(b1, s0_1);
            v = FloatVector.broadcast(FLOATS, a[a1 + p]);
            s1_0 = v.fma(b0, s1_0);
            s1_1 = v.fma(b1, s1_1);
            v = FloatVector.broadcast(FLOATS, a[a2 + p]);
            s2_0 = v.fma(b0, s2_0);
            s2_1 = v.fma(b1, s2_1);
            v = FloatVector.broadcast(FLOATS, a[a3 + p]);
            s3_0 = v.fma(b0, s3_0);
            s3_1 = v.fma(b1, s3_1);
            v = FloatVector.broadcast(FLOATS, a[a4 + p]);
            s4_0 = v.fma(b0, s4_0);
            s4_1 = v.fma(b1, s4_1);
            v = FloatVector.broadcast(FLOATS, a[a5 + p]);
            s5_0 = v.fma(b0, s5_0);
            s5_1 = v.fma(b1, s5_1);
            v = FloatVector.broadcast(FLOATS, a[a6 + p]);
            s6_0 = v.fma(b0, s6_0);
            s6_1 = v.fma(b1, s6_1);
            v = FloatVector.broadcast(FLOATS, a[a7 + p]);
            s7_0 = v.fma(b0, s7_0);
            s7_1 = v.fma(b1, s7_1);
            b0 = FloatVector.fromArray(FLOATS, b, bAt + (p + 1) * bStep);
            b1 = FloatVector.fromArray(FLOATS, b, bAt1 + (p + 1) * bStep);
            v = FloatVector.broadcast(FLOATS, a[aAt + p + 1]);
            s0_0 = v.fma(b0, s0_0);
            s0_1 = v.fma(b1, s0_1);
            v = FloatVector.broadcast(FLOATS, a[a1 + p + 1]);
            s1_0 = v.fma(b0, s1_0);
            s1_1 = v.fma(b1, s1_1);
            v = FloatVector.broadcast(FLOATS, a[a2 + p + 1]);
            s2_0 = v.fma(b0, s2_0);
            s2_1 = v.fma(b1, s2_1);
            v = FloatVector.broadcast(FLOATS, a[a3 + p + 1]);
            s3_0 = v.fma(b0, s3_0);
            s3_1 = v.fma(b1, s3_1);
            v = FloatVector.broadcast(FLOATS, a[a4 + p + 1]);
            s4_0 = v.fma(b0, s4_0);
            s4_1 = v.fma(b1, s4_1);
            v = FloatVector.broadcast(FLOATS, a[a5 + p + 1]);
            s5_0 = v.fma(b0, s5_0);
            s5_1 = v.fma(b1, s5_1);
            v = FloatVector.broadcast(FLOATS, a[a6 + p + 1]);
            s6_0 = v.fma(b0, s6_0);
            s6_1 = v.fma(b1, s6_1);
            v = FloatVector.broadcast(FLOATS, a[a7 + p + 1]);
            s7_0 = v.fma(b0, s7_0);
            s7_1 = v.fma(b1, s7_1);
        }
        for (; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + p * bStep);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt1 + p * bStep);
            FloatVector v = FloatVector.broadcast(FLOATS, a[aAt + p]);
            s0_0 = v.fma(b0, s0_0);
            s0_1 = v.fma(b1, s0_1);
            v = FloatVector.broadcast(FLOATS, a[a1 + p]);
            s1_0 = v.fma(b0, s1_0);
            s1_1 = v.fma(b1, s1_1);
            v = FloatVector.broadcast(FLOATS, a[a2 + p]);
            s2_0 = v.fma(b0, s2_0);
            s2_1 = v.fma(b1, s2_1);
            v = FloatVector.broadcast(FLOATS, a[a3 + p]);
            s3_0 = v.fma(b0, s3_0);
            s3_1 = v.fma(b1, s3_1);
            v = FloatVector.broadcast(FLOATS, a[a4 + p]);
            s4_0 = v.fma(b0, s4_0);
            s4_1 = v.fma(b1, s4_1);
            v = FloatVector.broadcast(FLOATS, a[a5 + p]);
            s5_0 = v.fma(b0, s5_0);
            s5_1 = v.fma(b1, s5_1);
            v = FloatVector.broadcast(FLOATS, a[a6 + p]);
            s6_0 = v.fma(b0, s6_0);
            s6_1 = v.fma(b1, s6_1);
            v = FloatVector.broadcast(FLOATS, a[a7 + p]);
            s7_0 = v.fma(b0, s7_0);
            s7_1 = v.fma(b1, s7_1);
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
        s6_0.intoArray(c, c6);
        s6_1.intoArray(c, c6 + j1);
        s7_0.intoArray(c, c7);
        s7_1.intoArray(c, c7 + j1);
    }
}
