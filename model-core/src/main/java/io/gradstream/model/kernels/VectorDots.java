package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;

/**
 * A matrix times a column: each element of C takes one {@link PlainSums#dot}.
 *
 * <p>Rows are taken four at a time, because one short sum is mostly waiting: for its own additions, and for its tree.
 */
final class VectorDots {
    private static final int ROWS = 4;

    private VectorDots() {}

    /** C (m, 1) += A (m, k) · b (k), b contiguous. */
    static void multiply(int m, int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int cAt, int ldc) {
        int i = 0;
        if (k >= VIRTUAL && LENGTH >= 8) {
            float[] sums = Scratch.floats(Scratch.RESULT, ROWS * LENGTH);
            for (; i <= m - ROWS; i += ROWS) {
                fourRows(k, a, aAt + i * lda, lda, b, bAt, c, cAt + i * ldc, ldc, sums);
            }
        }
        for (; i < m; i++) {
            c[cAt + i * ldc] += VectorSums.dot(a, aAt + i * lda, b, bAt, k);
        }
    }

    /** With one vector of 512 bits a sum, or two of 256: then t0 to t3 are the upper lanes. */
    private static void fourRows(
            int k, float[] a, int a0, int lda, float[] b, int bAt, float[] c, int cAt, int ldc, float[] sums) {
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
        int end = k & -VIRTUAL;
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
        int done = VIRTUAL - (k - end);
        int last = k - VIRTUAL;
        s0 = VectorSums.partial(a, a0 + last, b, bAt + last, s0, done);
        s1 = VectorSums.partial(a, a1 + last, b, bAt + last, s1, done);
        s2 = VectorSums.partial(a, a2 + last, b, bAt + last, s2, done);
        s3 = VectorSums.partial(a, a3 + last, b, bAt + last, s3, done);
        if (LENGTH == 8) {
            t0 = VectorSums.partial(a, a0 + last + 8, b, bAt + last + 8, t0, done - 8);
            t1 = VectorSums.partial(a, a1 + last + 8, b, bAt + last + 8, t1, done - 8);
            t2 = VectorSums.partial(a, a2 + last + 8, b, bAt + last + 8, t2, done - 8);
            t3 = VectorSums.partial(a, a3 + last + 8, b, bAt + last + 8, t3, done - 8);
        }
        folded(s0, t0).intoArray(sums, 0);
        folded(s1, t1).intoArray(sums, LENGTH);
        folded(s2, t2).intoArray(sums, 2 * LENGTH);
        folded(s3, t3).intoArray(sums, 3 * LENGTH);
        c[cAt] += tree(sums, 0);
        c[cAt + ldc] += tree(sums, LENGTH);
        c[cAt + 2 * ldc] += tree(sums, 2 * LENGTH);
        c[cAt + 3 * ldc] += tree(sums, 3 * LENGTH);
    }

    /** The first step of the tree, if it is one between vectors. */
    private static FloatVector folded(FloatVector s, FloatVector t) {
        return LENGTH == 8 ? s.add(t) : s;
    }

    /** The rest of the tree. */
    private static float tree(float[] sums, int at) {
        if (LENGTH == 16) {
            float even = ((sums[at] + sums[at + 8]) + (sums[at + 4] + sums[at + 12]))
                    + ((sums[at + 2] + sums[at + 10]) + (sums[at + 6] + sums[at + 14]));
            float odd = ((sums[at + 1] + sums[at + 9]) + (sums[at + 5] + sums[at + 13]))
                    + ((sums[at + 3] + sums[at + 11]) + (sums[at + 7] + sums[at + 15]));
            return even + odd + 0f;
        }
        float even = (sums[at] + sums[at + 4]) + (sums[at + 2] + sums[at + 6]);
        float odd = (sums[at + 1] + sums[at + 5]) + (sums[at + 3] + sums[at + 7]);
        return even + odd + 0f;
    }
}
