package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** The inner loop of the matrix products for a single row: eight vectors of C stay in registers while k runs down the rows of B. */
final class SingleRow {
    /** Columns of the block. */
    static final int WIDTH = 8 * LENGTH;

    private SingleRow() {}

    /** C (1, WIDTH) += A (1, k) · B (k, WIDTH), with the elements of A {@code aStep} apart. */
    static void multiply(int k, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, cAt);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, cAt + LENGTH);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, cAt + 2 * LENGTH);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, cAt + 3 * LENGTH);
        FloatVector s4 = FloatVector.fromArray(FLOATS, c, cAt + 4 * LENGTH);
        FloatVector s5 = FloatVector.fromArray(FLOATS, c, cAt + 5 * LENGTH);
        FloatVector s6 = FloatVector.fromArray(FLOATS, c, cAt + 6 * LENGTH);
        FloatVector s7 = FloatVector.fromArray(FLOATS, c, cAt + 7 * LENGTH);
        int bi = bAt;
        int ai = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector v = FloatVector.broadcast(FLOATS, a[ai]);
            s0 = v.fma(FloatVector.fromArray(FLOATS, b, bi), s0);
            s1 = v.fma(FloatVector.fromArray(FLOATS, b, bi + LENGTH), s1);
            s2 = v.fma(FloatVector.fromArray(FLOATS, b, bi + 2 * LENGTH), s2);
            s3 = v.fma(FloatVector.fromArray(FLOATS, b, bi + 3 * LENGTH), s3);
            s4 = v.fma(FloatVector.fromArray(FLOATS, b, bi + 4 * LENGTH), s4);
            s5 = v.fma(FloatVector.fromArray(FLOATS, b, bi + 5 * LENGTH), s5);
            s6 = v.fma(FloatVector.fromArray(FLOATS, b, bi + 6 * LENGTH), s6);
            s7 = v.fma(FloatVector.fromArray(FLOATS, b, bi + 7 * LENGTH), s7);
            ai += aStep;
            bi += ldb;
        }
        s0.intoArray(c, cAt);
        s1.intoArray(c, cAt + LENGTH);
        s2.intoArray(c, cAt + 2 * LENGTH);
        s3.intoArray(c, cAt + 3 * LENGTH);
        s4.intoArray(c, cAt + 4 * LENGTH);
        s5.intoArray(c, cAt + 5 * LENGTH);
        s6.intoArray(c, cAt + 6 * LENGTH);
        s7.intoArray(c, cAt + 7 * LENGTH);
    }
}
