package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of the matrix products for few rows: a block of A stays in registers while whole rows of B and C run by.
 *
 * <p>B is then read in the order in which it lies, which a cache likes best, and nothing is packed. {@code n} is at least one
 * vector; the last vector of a row ends at its last element and may overlap the one before, so it is read before the loop
 * writes: what is computed twice is stored twice with the same bits.
 */
final class Streams {
    /** Rows of {@link #four}. */
    static final int ROWS = 4;

    /** Terms of k in one call of {@link #four}. */
    static final int FOUR_STEPS = 3;

    /** Terms of k in one call of {@link #one}. */
    static final int ONE_STEPS = 4;

    private Streams() {}

    /**
     * C (rows ≤ 4, n) += A (rows, 3) · B (3, n), with the elements of A {@code aRow} apart by row and {@code aStep} by k.
     * Surplus rows repeat the last one.
     */
    static void four(
            int rows,
            int n,
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
        int a1 = rows > 1 ? aAt + aRow : aAt;
        int a2 = rows > 2 ? a1 + aRow : a1;
        int a3 = rows > 3 ? a2 + aRow : a2;
        int c1 = rows > 1 ? cAt + ldc : cAt;
        int c2 = rows > 2 ? c1 + ldc : c1;
        int c3 = rows > 3 ? c2 + ldc : c2;
        int b1 = bAt + ldb;
        int b2 = b1 + ldb;
        FloatVector f0_0 = FloatVector.broadcast(FLOATS, a[aAt]);
        FloatVector f0_1 = FloatVector.broadcast(FLOATS, a[aAt + aStep]);
        FloatVector f0_2 = FloatVector.broadcast(FLOATS, a[aAt + 2 * aStep]);
        FloatVector f1_0 = FloatVector.broadcast(FLOATS, a[a1]);
        FloatVector f1_1 = FloatVector.broadcast(FLOATS, a[a1 + aStep]);
        FloatVector f1_2 = FloatVector.broadcast(FLOATS, a[a1 + 2 * aStep]);
        FloatVector f2_0 = FloatVector.broadcast(FLOATS, a[a2]);
        FloatVector f2_1 = FloatVector.broadcast(FLOATS, a[a2 + aStep]);
        FloatVector f2_2 = FloatVector.broadcast(FLOATS, a[a2 + 2 * aStep]);
        FloatVector f3_0 = FloatVector.broadcast(FLOATS, a[a3]);
        FloatVector f3_1 = FloatVector.broadcast(FLOATS, a[a3 + aStep]);
        FloatVector f3_2 = FloatVector.broadcast(FLOATS, a[a3 + 2 * aStep]);
        int last = n - LENGTH;
        FloatVector end0 = FloatVector.fromArray(FLOATS, c, cAt + last);
        FloatVector end1 = FloatVector.fromArray(FLOATS, c, c1 + last);
        FloatVector end2 = FloatVector.fromArray(FLOATS, c, c2 + last);
        FloatVector end3 = FloatVector.fromArray(FLOATS, c, c3 + last);
        for (int j = 0; j < last; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + j);
            FloatVector s0 = f0_0.fma(v, FloatVector.fromArray(FLOATS, c, cAt + j));
            FloatVector s1 = f1_0.fma(v, FloatVector.fromArray(FLOATS, c, c1 + j));
            FloatVector s2 = f2_0.fma(v, FloatVector.fromArray(FLOATS, c, c2 + j));
            FloatVector s3 = f3_0.fma(v, FloatVector.fromArray(FLOATS, c, c3 + j));
            v = FloatVector.fromArray(FLOATS, b, b1 + j);
            s0 = f0_1.fma(v, s0);
            s1 = f1_1.fma(v, s1);
            s2 = f2_1.fma(v, s2);
            s3 = f3_1.fma(v, s3);
            v = FloatVector.fromArray(FLOATS, b, b2 + j);
            s0 = f0_2.fma(v, s0);
            s1 = f1_2.fma(v, s1);
            s2 = f2_2.fma(v, s2);
            s3 = f3_2.fma(v, s3);
            s0.intoArray(c, cAt + j);
            s1.intoArray(c, c1 + j);
            s2.intoArray(c, c2 + j);
            s3.intoArray(c, c3 + j);
        }
        FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + last);
        end0 = f0_0.fma(v, end0);
        end1 = f1_0.fma(v, end1);
        end2 = f2_0.fma(v, end2);
        end3 = f3_0.fma(v, end3);
        v = FloatVector.fromArray(FLOATS, b, b1 + last);
        end0 = f0_1.fma(v, end0);
        end1 = f1_1.fma(v, end1);
        end2 = f2_1.fma(v, end2);
        end3 = f3_1.fma(v, end3);
        v = FloatVector.fromArray(FLOATS, b, b2 + last);
        end0 = f0_2.fma(v, end0);
        end1 = f1_2.fma(v, end1);
        end2 = f2_2.fma(v, end2);
        end3 = f3_2.fma(v, end3);
        end0.intoArray(c, cAt + last);
        end1.intoArray(c, c1 + last);
        end2.intoArray(c, c2 + last);
        end3.intoArray(c, c3 + last);
    }

    /**
     * C (1, n) += A (1, 4) · B (4, n), with the elements of A {@code aStep} apart.
     */
    static void one(int n, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
        int b1 = bAt + ldb;
        int b2 = b1 + ldb;
        int b3 = b2 + ldb;
        FloatVector f0 = FloatVector.broadcast(FLOATS, a[aAt]);
        FloatVector f1 = FloatVector.broadcast(FLOATS, a[aAt + aStep]);
        FloatVector f2 = FloatVector.broadcast(FLOATS, a[aAt + 2 * aStep]);
        FloatVector f3 = FloatVector.broadcast(FLOATS, a[aAt + 3 * aStep]);
        int last = n - LENGTH;
        FloatVector end = FloatVector.fromArray(FLOATS, c, cAt + last);
        for (int j = 0; j < last; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + j);
            FloatVector s = f0.fma(v, FloatVector.fromArray(FLOATS, c, cAt + j));
            v = FloatVector.fromArray(FLOATS, b, b1 + j);
            s = f1.fma(v, s);
            v = FloatVector.fromArray(FLOATS, b, b2 + j);
            s = f2.fma(v, s);
            v = FloatVector.fromArray(FLOATS, b, b3 + j);
            s = f3.fma(v, s);
            s.intoArray(c, cAt + j);
        }
        FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + last);
        end = f0.fma(v, end);
        v = FloatVector.fromArray(FLOATS, b, b1 + last);
        end = f1.fma(v, end);
        v = FloatVector.fromArray(FLOATS, b, b2 + last);
        end = f2.fma(v, end);
        v = FloatVector.fromArray(FLOATS, b, b3 + last);
        end = f3.fma(v, end);
        end.intoArray(c, cAt + last);
    }
}
