package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes a vector's length of rows, eight columns at a time, in registers.
 *
 * <p>Rows r and r + d exchange their lanes in which bit d differs, for d = 4, 2, 1: each takes half of the other, moved by d
 * lanes. At 512 bits there are sixteen rows, and a vector starts as eight columns of row r beside the same of row r + 8. A float
 * costs a third of what it does to load and store it by itself.
 */
final class Transposing {
    /** Columns of a block. */
    static final int COLUMNS = 8;

    /** Each lane takes that whose number differs in one bit. */
    static final VectorShuffle<Float> BY_8 = exchange(8);

    static final VectorShuffle<Float> BY_4 = exchange(4);
    static final VectorShuffle<Float> BY_2 = exchange(2);
    static final VectorShuffle<Float> BY_1 = exchange(1);

    /** The lanes whose number has a bit. */
    static final VectorMask<Float> BIT_8 = lanes(8);

    static final VectorMask<Float> BIT_4 = lanes(4);
    static final VectorMask<Float> BIT_2 = lanes(2);
    static final VectorMask<Float> BIT_1 = lanes(1);

    private Transposing() {}

    private static VectorShuffle<Float> exchange(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % LENGTH);
    }

    private static VectorMask<Float> lanes(int bit) {
        long bits = 0;
        for (int lane = 0; lane < LENGTH; lane++) {
            bits |= (lane & bit) == 0 ? 0 : 1L << lane;
        }
        return VectorMask.fromLong(FLOATS, bits);
    }

    /**
     * Whether {@link #rows} can do it: there are eight columns, vectors are long enough, and at 512 bits none reaches over an end
     * of x, since they hold more than the columns of a block.
     */
    static boolean fits(int columns, float[] x, int xAt, int ldx) {
        if (columns < COLUMNS || LENGTH < COLUMNS) {
            return false;
        }
        int surplus = LENGTH - COLUMNS;
        int eighth = xAt + (COLUMNS - 1) * ldx;
        return eighth + ldx >= surplus && eighth + columns + surplus <= x.length;
    }

    /** y (columns, one vector) = x (one vector, columns) transposed, where {@link #fits}. */
    static void rows(int columns, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
        int end = columns - COLUMNS;
        int j = -COLUMNS;
        do {
            j = Math.min(j + COLUMNS, end);
            FloatVector v0 = FloatVector.fromArray(FLOATS, x, xAt + j);
            FloatVector v1 = FloatVector.fromArray(FLOATS, x, xAt + j + ldx);
            FloatVector v2 = FloatVector.fromArray(FLOATS, x, xAt + j + 2 * ldx);
            FloatVector v3 = FloatVector.fromArray(FLOATS, x, xAt + j + 3 * ldx);
            FloatVector v4 = FloatVector.fromArray(FLOATS, x, xAt + j + 4 * ldx);
            FloatVector v5 = FloatVector.fromArray(FLOATS, x, xAt + j + 5 * ldx);
            FloatVector v6 = FloatVector.fromArray(FLOATS, x, xAt + j + 6 * ldx);
            FloatVector v7 = FloatVector.fromArray(FLOATS, x, xAt + j + 7 * ldx);
            if (LENGTH > COLUMNS) {
                int at = xAt - COLUMNS + j;
                v0 = v0.blend(FloatVector.fromArray(FLOATS, x, at + 8 * ldx), BIT_8);
                v1 = v1.blend(FloatVector.fromArray(FLOATS, x, at + 9 * ldx), BIT_8);
                v2 = v2.blend(FloatVector.fromArray(FLOATS, x, at + 10 * ldx), BIT_8);
                v3 = v3.blend(FloatVector.fromArray(FLOATS, x, at + 11 * ldx), BIT_8);
                v4 = v4.blend(FloatVector.fromArray(FLOATS, x, at + 12 * ldx), BIT_8);
                v5 = v5.blend(FloatVector.fromArray(FLOATS, x, at + 13 * ldx), BIT_8);
                v6 = v6.blend(FloatVector.fromArray(FLOATS, x, at + 14 * ldx), BIT_8);
                v7 = v7.blend(FloatVector.fromArray(FLOATS, x, at + 15 * ldx), BIT_8);
            }
            FloatVector w0 = v0.blend(v4.rearrange(BY_4), BIT_4);
            FloatVector w1 = v1.blend(v5.rearrange(BY_4), BIT_4);
            FloatVector w2 = v2.blend(v6.rearrange(BY_4), BIT_4);
            FloatVector w3 = v3.blend(v7.rearrange(BY_4), BIT_4);
            FloatVector w4 = v0.rearrange(BY_4).blend(v4, BIT_4);
            FloatVector w5 = v1.rearrange(BY_4).blend(v5, BIT_4);
            FloatVector w6 = v2.rearrange(BY_4).blend(v6, BIT_4);
            FloatVector w7 = v3.rearrange(BY_4).blend(v7, BIT_4);
            v0 = w0.blend(w2.rearrange(BY_2), BIT_2);
            v1 = w1.blend(w3.rearrange(BY_2), BIT_2);
            v2 = w0.rearrange(BY_2).blend(w2, BIT_2);
            v3 = w1.rearrange(BY_2).blend(w3, BIT_2);
            v4 = w4.blend(w6.rearrange(BY_2), BIT_2);
            v5 = w5.blend(w7.rearrange(BY_2), BIT_2);
            v6 = w4.rearrange(BY_2).blend(w6, BIT_2);
            v7 = w5.rearrange(BY_2).blend(w7, BIT_2);
            int to = yAt + j * ldy;
            v0.blend(v1.rearrange(BY_1), BIT_1).intoArray(y, to);
            v0.rearrange(BY_1).blend(v1, BIT_1).intoArray(y, to + ldy);
            v2.blend(v3.rearrange(BY_1), BIT_1).intoArray(y, to + 2 * ldy);
            v2.rearrange(BY_1).blend(v3, BIT_1).intoArray(y, to + 3 * ldy);
            v4.blend(v5.rearrange(BY_1), BIT_1).intoArray(y, to + 4 * ldy);
            v4.rearrange(BY_1).blend(v5, BIT_1).intoArray(y, to + 5 * ldy);
            v6.blend(v7.rearrange(BY_1), BIT_1).intoArray(y, to + 6 * ldy);
            v6.rearrange(BY_1).blend(v7, BIT_1).intoArray(y, to + 7 * ldy);
        } while (j < end);
    }
}
