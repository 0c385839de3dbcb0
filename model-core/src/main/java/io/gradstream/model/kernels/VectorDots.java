package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;

/**
 * A matrix times a column: each element of C takes one {@link PlainSums#dot}.
 *
 * <p>Rows are taken four at a time, because one short sum is mostly waiting: for its own additions, and for its tree. Lanes go through
 * memory as in {@link VectorSums}.
 */
final class VectorDots {
    private static final int ROWS = 4;

    private VectorDots() {}

    /** C (m, 1) += A (m, k) · b (k), b contiguous. */
    static void multiply(int m, int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int cAt, int ldc) {
        int i = 0;
        if (k >= VIRTUAL && LENGTH >= 8) {
            float[] lanes = Scratch.floats(Scratch.LANES, ROWS * VIRTUAL);
            int end = k & -VIRTUAL;
            for (; i <= m - ROWS; i += ROWS) {
                int from = aAt + i * lda;
                wholeBlocks(end, a, from, lda, b, bAt, lanes);
                for (int r = 0; r < ROWS; r++) {
                    if (end < k) {
                        VectorSums.partialDot(k, a, from + r * lda, b, bAt, lanes, r * VIRTUAL);
                    }
                    c[cAt + (i + r) * ldc] += PlainSums.tree(lanes, r * VIRTUAL);
                }
            }
        }
        for (; i < m; i++) {
            c[cAt + i * ldc] += VectorSums.dot(a, aAt + i * lda, b, bAt, k);
        }
    }

    /** The 16 lanes of each of four sums. They are one vector of 512 bits, or two of 256: then t0 to t3 are the upper ones. */
    private static void wholeBlocks(int end, float[] a, int a0, int lda, float[] b, int bAt, float[] lanes) {
        int a1 = a0 + lda;
        int a2 = a1 + lda;
        int a3 = a2 + lda;
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        FloatVector t0 = FloatVector.zero(FLOATS);
        FloatVector t1 = FloatVector.zero(FLOATS);
        FloatVector t2 = FloatVector.zero(FLOATS);
        FloatVector t3 = FloatVector.zero(FLOATS);
        for (int p = 0; p < end; p += VIRTUAL) {
            FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + p);
            s0 = FloatVector.fromArray(FLOATS, a, a0 + p).fma(v, s0);
            s1 = FloatVector.fromArray(FLOATS, a, a1 + p).fma(v, s1);
            s2 = FloatVector.fromArray(FLOATS, a, a2 + p).fma(v, s2);
            s3 = FloatVector.fromArray(FLOATS, a, a3 + p).fma(v, s3);
            if (LENGTH == 8) {
                v = FloatVector.fromArray(FLOATS, b, bAt + p + 8);
                t0 = FloatVector.fromArray(FLOATS, a, a0 + p + 8).fma(v, t0);
                t1 = FloatVector.fromArray(FLOATS, a, a1 + p + 8).fma(v, t1);
                t2 = FloatVector.fromArray(FLOATS, a, a2 + p + 8).fma(v, t2);
                t3 = FloatVector.fromArray(FLOATS, a, a3 + p + 8).fma(v, t3);
            }
        }
        s0.intoArray(lanes, 0);
        s1.intoArray(lanes, VIRTUAL);
        s2.intoArray(lanes, 2 * VIRTUAL);
        s3.intoArray(lanes, 3 * VIRTUAL);
        if (LENGTH == 8) {
            t0.intoArray(lanes, 8);
            t1.intoArray(lanes, VIRTUAL + 8);
            t2.intoArray(lanes, 2 * VIRTUAL + 8);
            t3.intoArray(lanes, 3 * VIRTUAL + 8);
        }
    }
}
