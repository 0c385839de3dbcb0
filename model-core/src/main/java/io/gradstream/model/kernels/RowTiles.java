package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loop of the matrix products for rows of A that are read where they lie; see {@link Tiles}.
 *
 * <p>Rows by their own index, B in steps that the JIT knows, and two terms of k a turn: so it can prove most bounds before the loop. Without
 * that, four rows are a third slower than six; with it they are as fast, and nothing of A need be packed.
 */
final class RowTiles {
    /** Rows of the tile. */
    static final int ROWS = 4;

    private static final int WIDTH = Packing.WIDTH;

    private RowTiles() {}

    /** C (rows ≤ 4, width ≤ 2 vectors) += A · B, with the rows of A {@code aRow} apart, and those of B as {@link Packing} leaves them. */
    static void multiply(
            int rows, int width, int k, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt, int ldc) {
        int j1 = width - LENGTH;
        int a1 = rows > 1 ? aAt + aRow : aAt;
        int a2 = rows > 2 ? a1 + aRow : a1;
        int a3 = rows > 3 ? a2 + aRow : a2;
        int c1 = rows > 1 ? cAt + ldc : cAt;
        int c2 = rows > 2 ? c1 + ldc : c1;
        int c3 = rows > 3 ? c2 + ldc : c2;
        int bAt1 = bAt + j1;
        FloatVector s0_0 = FloatVector.fromArray(FLOATS, c, cAt);
        FloatVector s0_1 = FloatVector.fromArray(FLOATS, c, cAt + j1);
        FloatVector s1_0 = FloatVector.fromArray(FLOATS, c, c1);
        FloatVector s1_1 = FloatVector.fromArray(FLOATS, c, c1 + j1);
        FloatVector s2_0 = FloatVector.fromArray(FLOATS, c, c2);
        FloatVector s2_1 = FloatVector.fromArray(FLOATS, c, c2 + j1);
        FloatVector s3_0 = FloatVector.fromArray(FLOATS, c, c3);
        FloatVector s3_1 = FloatVector.fromArray(FLOATS, c, c3 + j1);
        int p = 0;
        for (; p <= k - 2; p += 2) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt1 + p * WIDTH);
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
            b0 = FloatVector.fromArray(FLOATS, b, bAt + (p + 1) * WIDTH);
            b1 = FloatVector.fromArray(FLOATS, b, bAt1 + (p + 1) * WIDTH);
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
        }
        for (; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt1 + p * WIDTH);
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
        }
        s0_0.intoArray(c, cAt);
        s0_1.intoArray(c, cAt + j1);
        s1_0.intoArray(c, c1);
        s1_1.intoArray(c, c1 + j1);
        s2_0.intoArray(c, c2);
        s2_1.intoArray(c, c2 + j1);
        s3_0.intoArray(c, c3);
        s3_1.intoArray(c, c3 + j1);
    }
}
