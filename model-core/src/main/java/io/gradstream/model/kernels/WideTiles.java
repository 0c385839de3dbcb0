package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** The tile for machines with 32 vector registers, which are those with 512 bits; see {@link Tiles}. */
final class WideTiles {
    /** Rows of the tile. Mini-batches and layers of 32 and 64 leave no rows over. */
    static final int ROWS = 8;

    private WideTiles() {}

    /**
     * C (rows ≤ 8, width ≤ 2 vectors) += A · B, with eight consecutive floats of A for each k, {@code aStep} apart.
     * If rows < 8, the surplus floats must repeat the last row.
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
        int c6 = rows > 6 ? c5 + ldc : c5;
        int c7 = rows > 7 ? c6 + ldc : c6;
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
        int bi = bAt;
        int ai = aAt;
        for (int p = 0; p < k; p++) {
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
            v = FloatVector.broadcast(FLOATS, a[ai + 6]);
            s6_0 = v.fma(b0, s6_0);
            s6_1 = v.fma(b1, s6_1);
            v = FloatVector.broadcast(FLOATS, a[ai + 7]);
            s7_0 = v.fma(b0, s7_0);
            s7_1 = v.fma(b1, s7_1);
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
        s6_0.intoArray(c, c6);
        s6_1.intoArray(c, c6 + j1);
        s7_0.intoArray(c, c7);
        s7_1.intoArray(c, c7 + j1);
    }
}
