package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;

/**
 * A matrix times a column: each element of C takes one {@link PlainSums#dot}.
 *
 * <p>One short sum is mostly waiting: for its own additions. So rows are taken four at a time, or, where they are short, 64 for each block of their
 * columns. Lanes go through memory as in {@link VectorSums}, and the trees of as many rows as a vector has lanes are one.
 */
final class VectorDots {
    private static final int FOUR = 4;

    /** Sums whose lanes are in memory together: 4 KiB. */
    private static final int ROWS = 64;

    /** Columns of whole blocks up to which a loop along a row is too short: then loops run down the blocks. */
    private static final int SHORT = 64;

    private VectorDots() {}

    /** C (m, 1) += A (m, k) · b (k), b contiguous. */
    static void multiply(int m, int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int cAt, int ldc) {
        int i = 0;
        if (k >= VIRTUAL && LaneTrees.fit()) {
            float[] lanes = Scratch.floats(Scratch.LANES, (VIRTUAL + 1) * ROWS);
            while (i <= m - FOUR) {
                int rows = Math.min(ROWS, (m - i) & -FOUR);
                lanes(rows, k, a, aAt + i * lda, lda, b, bAt, lanes);
                addTrees(rows, lanes, c, cAt + i * ldc, ldc);
                i += rows;
            }
        }
        for (; i < m; i++) {
            c[cAt + i * ldc] += VectorSums.dot(a, aAt + i * lda, b, bAt, k);
        }
    }

    /** The lanes of a multiple of four sums. */
    private static void lanes(int rows, int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] lanes) {
        int end = k & -VIRTUAL;
        if (end <= SHORT) {
            firstBlock(rows, a, aAt, lda, b, bAt, lanes);
            for (int p = VIRTUAL; p < end; p += VIRTUAL) {
                nextBlock(rows, a, aAt + p, lda, b, bAt + p, lanes);
            }
        } else {
            for (int r = 0; r < rows; r += FOUR) {
                wholeBlocks(end, a, aAt + r * lda, lda, b, bAt, lanes, r * VIRTUAL);
            }
        }
        if (end < k) {
            VectorSums.partialDots(rows, k, a, aAt, lda, b, bAt, lanes);
        }
    }

    /** The terms of 16 columns, the first of their lanes. */
    private static void firstBlock(int rows, float[] a, int aAt, int lda, float[] b, int bAt, float[] lanes) {
        FloatVector zero = FloatVector.zero(FLOATS);
        for (int j = 0; j < VIRTUAL; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + j);
            for (int from = aAt + j, at = j, r = 0; r < rows; r++, from += lda, at += VIRTUAL) {
                FloatVector.fromArray(FLOATS, a, from).fma(v, zero).intoArray(lanes, at);
            }
        }
    }

    /** The terms of 16 columns, added to their lanes. */
    private static void nextBlock(int rows, float[] a, int aAt, int lda, float[] b, int bAt, float[] lanes) {
        for (int j = 0; j < VIRTUAL; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, b, bAt + j);
            for (int from = aAt + j, at = j, r = 0; r < rows; r++, from += lda, at += VIRTUAL) {
                FloatVector.fromArray(FLOATS, a, from)
                        .fma(v, FloatVector.fromArray(FLOATS, lanes, at))
                        .intoArray(lanes, at);
            }
        }
    }

    private static void addTrees(int rows, float[] lanes, float[] c, int cAt, int ldc) {
        int sums = VIRTUAL * ROWS;
        int r = LaneTrees.sums(rows, lanes, lanes, sums);
        for (; r < rows; r++) {
            lanes[sums + r] = PlainSums.tree(lanes, r * VIRTUAL);
        }
        for (int i = 0; i < rows; i++) {
            c[cAt + i * ldc] += lanes[sums + i];
        }
    }

    /** The 16 lanes of each of four sums. They are one vector of 512 bits, or two of 256: then t0 to t3 are the upper ones. */
    private static void wholeBlocks(int end, float[] a, int a0, int lda, float[] b, int bAt, float[] lanes, int at) {
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
        s0.intoArray(lanes, at);
        s1.intoArray(lanes, at + VIRTUAL);
        s2.intoArray(lanes, at + 2 * VIRTUAL);
        s3.intoArray(lanes, at + 3 * VIRTUAL);
        if (LENGTH == 8) {
            t0.intoArray(lanes, at + 8);
            t1.intoArray(lanes, at + VIRTUAL + 8);
            t2.intoArray(lanes, at + 2 * VIRTUAL + 8);
            t3.intoArray(lanes, at + 3 * VIRTUAL + 8);
        }
    }
}
