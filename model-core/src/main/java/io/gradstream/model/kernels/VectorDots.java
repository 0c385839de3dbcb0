package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

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

    private static final int EIGHT = 8;

    /** Where the sums are, behind their lanes. */
    private static final int SUMS = VIRTUAL * ROWS;

    private VectorDots() {}

    /** C (m, 1) += A (m, k) · b (k), b contiguous. */
    static void multiply(int m, int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int cAt, int ldc) {
        int i = 0;
        if (k >= VIRTUAL && LaneTrees.fit()) {
            float[] lanes = Scratch.floats(Scratch.LANES, (VIRTUAL + 1) * ROWS);
            while (i <= m - FOUR) {
                int rows = Math.min(ROWS, (m - i) & -FOUR);
                boolean halved = rows >= LENGTH && k > 2 * VIRTUAL && k <= 3 * VIRTUAL;
                if (halved) {
                    rows &= -LENGTH;
                    halvedLanes(rows, k, a, aAt + i * lda, lda, b, bAt, lanes);
                } else {
                    lanes(rows, k, a, aAt + i * lda, lda, b, bAt, lanes);
                }
                trees(rows, halved, lanes);
                addSums(rows, lanes, c, cAt + i * ldc, ldc);
                i += rows;
            }
        }
        for (; i < m; i++) {
            c[cAt + i * ldc] += VectorSums.dot(a, aAt + i * lda, b, bAt, k);
        }
    }

    /**
     * Of three blocks of 16 columns, the last of them whole or not, {@link LaneTrees#half} of the lanes; of as many rows as a vector has lanes, or a
     * multiple. Larger than what the JIT inlines: with all that a product may need in one method, it stops inlining somewhere, and makes objects there;
     * two turns in one are too many as well.
     */
    private static void halvedLanes(int rows, int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] lanes) {
        int last = k - VIRTUAL;
        int first = 3 * VIRTUAL - k;
        int half = LENGTH == VIRTUAL ? 0 : LENGTH;
        int other = LENGTH == VIRTUAL ? EIGHT * lda : LENGTH;
        FloatVector zero = FloatVector.zero(FLOATS);
        IntVector mask = Lanes.bitsFrom(first);
        IntVector otherMask = Lanes.bitsFrom(first - half);
        FloatVector v0 = FloatVector.fromArray(FLOATS, b, bAt);
        FloatVector w0 = FloatVector.fromArray(FLOATS, b, bAt + half);
        FloatVector v1 = FloatVector.fromArray(FLOATS, b, bAt + VIRTUAL);
        FloatVector w1 = FloatVector.fromArray(FLOATS, b, bAt + VIRTUAL + half);
        FloatVector v2 = Lanes.and(FloatVector.fromArray(FLOATS, b, bAt + last), mask);
        FloatVector w2 = Lanes.and(FloatVector.fromArray(FLOATS, b, bAt + last + half), otherMask);
        for (int from = aAt, at = 0, r = 0; r < rows; r += LENGTH, from += (LENGTH - EIGHT) * lda) {
            for (int i = 0; i < EIGHT; i++, from += lda, at += LENGTH) {
                FloatVector s = FloatVector.fromArray(FLOATS, a, from).fma(v0, zero);
                FloatVector t = FloatVector.fromArray(FLOATS, a, from + other).fma(w0, zero);
                s = FloatVector.fromArray(FLOATS, a, from + VIRTUAL).fma(v1, s);
                t = FloatVector.fromArray(FLOATS, a, from + other + VIRTUAL).fma(w1, t);
                s = Lanes.and(FloatVector.fromArray(FLOATS, a, from + last), mask)
                        .fma(v2, s);
                t = Lanes.and(FloatVector.fromArray(FLOATS, a, from + other + last), otherMask)
                        .fma(w2, t);
                LaneTrees.half(s, t).intoArray(lanes, at);
            }
        }
    }

    /** The lanes of a multiple of four sums. */
    private static void lanes(int rows, int k, float[] a, int aAt, int lda, float[] b, int bAt, float[] lanes) {
        int end = k & -VIRTUAL;
        if (end <= SHORT) {
            firstBlock(rows, a, aAt, lda, b, bAt, lanes);
            for (int p = VIRTUAL; p < end; p += VIRTUAL) {
                VectorSums.nextBlock(rows, p, 0, a, aAt, lda, b, bAt, lanes);
            }
        } else {
            for (int r = 0; r < rows; r += FOUR) {
                wholeBlocks(end, a, aAt + r * lda, lda, b, bAt, lanes, r * VIRTUAL);
            }
        }
        if (end < k) {
            VectorSums.nextBlock(rows, k - VIRTUAL, VIRTUAL - k % VIRTUAL, a, aAt, lda, b, bAt, lanes);
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

    private static void trees(int rows, boolean halved, float[] lanes) {
        int r = LaneTrees.sums(rows, halved, lanes, lanes, SUMS);
        for (; r < rows; r++) {
            lanes[SUMS + r] = PlainSums.tree(lanes, r * VIRTUAL);
        }
    }

    private static void addSums(int rows, float[] lanes, float[] c, int cAt, int ldc) {
        if (ldc == 1) {
            VectorArithmetic.add(lanes, SUMS, c, cAt, rows);
            return;
        }
        for (int i = 0; i < rows; i++) {
            c[cAt + i * ldc] += lanes[SUMS + i];
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
