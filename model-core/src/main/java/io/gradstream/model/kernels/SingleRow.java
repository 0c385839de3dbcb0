package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loop of the matrix products for a single row: three, four or eight vectors of C stay in registers while k runs down the rows of B.
 *
 * <p>The last vectors end at the last column, and may be the same: what is computed twice is stored twice with the same bits.
 */
final class SingleRow {
    /** Columns of the narrowest loop, at most. */
    static final int NARROWEST = 3 * LENGTH;

    /** Columns of the narrow one, at most. */
    static final int NARROW = 4 * LENGTH;

    /** Columns of the wide one, at most. */
    static final int WIDE = 8 * LENGTH;

    private SingleRow() {}

    /** C (1, n) += A (1, k) · B (k, n), with the elements of A {@code aStep} apart, and n from one vector to {@link #WIDE}. */
    static void multiply(int n, int k, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
        if (n <= NARROWEST) {
            narrowest(n, k, a, aAt, aStep, b, bAt, ldb, c, cAt);
        } else if (n <= NARROW) {
            narrow(n, k, a, aAt, aStep, b, bAt, ldb, c, cAt);
        } else {
            wide(n, k, a, aAt, aStep, b, bAt, ldb, c, cAt);
        }
    }

    /**
     * Two terms at a time, which makes it larger than what the JIT inlines: within its callers, JDK 17 would come to more levels than it
     * inlines (MaxInlineLevel), and make objects of the vectors.
     */
    private static void narrowest(
            int n, int k, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
        int last = n - LENGTH;
        int j1 = Math.min(LENGTH, last);
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, cAt);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, cAt + j1);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, cAt + last);
        int bi = bAt;
        int ai = aAt;
        int p = 0;
        for (; p <= k - 2; p += 2) {
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0 = v.fma(FloatVector.fromArray(FLOATS, b, bi), s0);
            s1 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j1), s1);
            s2 = v.fma(FloatVector.fromArray(FLOATS, b, bi + last), s2);
            v = FloatVector.broadcast(FLOATS, a[ai + aStep]);
            s0 = v.fma(FloatVector.fromArray(FLOATS, b, bi + ldb), s0);
            s1 = v.fma(FloatVector.fromArray(FLOATS, b, bi + ldb + j1), s1);
            s2 = v.fma(FloatVector.fromArray(FLOATS, b, bi + ldb + last), s2);
            ai += 2 * aStep;
            bi += 2 * ldb;
        }
        if (p < k) {
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0 = v.fma(FloatVector.fromArray(FLOATS, b, bi), s0);
            s1 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j1), s1);
            s2 = v.fma(FloatVector.fromArray(FLOATS, b, bi + last), s2);
        }
        s0.intoArray(c, cAt);
        s1.intoArray(c, cAt + j1);
        s2.intoArray(c, cAt + last);
    }

    private static void narrow(
            int n, int k, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
        int last = n - LENGTH;
        int j1 = Math.min(LENGTH, last);
        int j2 = Math.min(2 * LENGTH, last);
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, cAt);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, cAt + j1);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, cAt + j2);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, cAt + last);
        int bi = bAt;
        int ai = aAt;
        int p = 0;
        for (; p <= k - 2; p += 2) {
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0 = v.fma(FloatVector.fromArray(FLOATS, b, bi), s0);
            s1 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j1), s1);
            s2 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j2), s2);
            s3 = v.fma(FloatVector.fromArray(FLOATS, b, bi + last), s3);
            v = FloatVector.broadcast(FLOATS, a[ai + aStep]);
            s0 = v.fma(FloatVector.fromArray(FLOATS, b, bi + ldb), s0);
            s1 = v.fma(FloatVector.fromArray(FLOATS, b, bi + ldb + j1), s1);
            s2 = v.fma(FloatVector.fromArray(FLOATS, b, bi + ldb + j2), s2);
            s3 = v.fma(FloatVector.fromArray(FLOATS, b, bi + ldb + last), s3);
            ai += 2 * aStep;
            bi += 2 * ldb;
        }
        if (p < k) {
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0 = v.fma(FloatVector.fromArray(FLOATS, b, bi), s0);
            s1 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j1), s1);
            s2 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j2), s2);
            s3 = v.fma(FloatVector.fromArray(FLOATS, b, bi + last), s3);
        }
        s0.intoArray(c, cAt);
        s1.intoArray(c, cAt + j1);
        s2.intoArray(c, cAt + j2);
        s3.intoArray(c, cAt + last);
    }

    private static void wide(
            int n, int k, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
        int last = n - LENGTH;
        int j4 = Math.min(4 * LENGTH, last);
        int j5 = Math.min(5 * LENGTH, last);
        int j6 = Math.min(6 * LENGTH, last);
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, cAt);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, cAt + LENGTH);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, cAt + 2 * LENGTH);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, cAt + 3 * LENGTH);
        FloatVector s4 = FloatVector.fromArray(FLOATS, c, cAt + j4);
        FloatVector s5 = FloatVector.fromArray(FLOATS, c, cAt + j5);
        FloatVector s6 = FloatVector.fromArray(FLOATS, c, cAt + j6);
        FloatVector s7 = FloatVector.fromArray(FLOATS, c, cAt + last);
        int bi = bAt;
        int ai = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0 = v.fma(FloatVector.fromArray(FLOATS, b, bi), s0);
            s1 = v.fma(FloatVector.fromArray(FLOATS, b, bi + LENGTH), s1);
            s2 = v.fma(FloatVector.fromArray(FLOATS, b, bi + 2 * LENGTH), s2);
            s3 = v.fma(FloatVector.fromArray(FLOATS, b, bi + 3 * LENGTH), s3);
            s4 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j4), s4);
            s5 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j5), s5);
            s6 = v.fma(FloatVector.fromArray(FLOATS, b, bi + j6), s6);
            s7 = v.fma(FloatVector.fromArray(FLOATS, b, bi + last), s7);
            ai += aStep;
            bi += ldb;
        }
        s0.intoArray(c, cAt);
        s1.intoArray(c, cAt + LENGTH);
        s2.intoArray(c, cAt + 2 * LENGTH);
        s3.intoArray(c, cAt + 3 * LENGTH);
        s4.intoArray(c, cAt + j4);
        s5.intoArray(c, cAt + j5);
        s6.intoArray(c, cAt + j6);
        s7.intoArray(c, cAt + last);
    }
}
