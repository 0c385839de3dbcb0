package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.VIRTUAL;
import static io.gradstream.model.kernels.Transposing.BIT_1;
import static io.gradstream.model.kernels.Transposing.BIT_2;
import static io.gradstream.model.kernels.Transposing.BIT_4;
import static io.gradstream.model.kernels.Transposing.BIT_8;
import static io.gradstream.model.kernels.Transposing.BY_1;
import static io.gradstream.model.kernels.Transposing.BY_2;
import static io.gradstream.model.kernels.Transposing.BY_4;
import static io.gradstream.model.kernels.Transposing.BY_8;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * The tree of {@link PlainSums#tree} over the lanes of as many sums as a vector has lanes, all at once.
 *
 * <p>Two vectors whose lanes are to be folded share one addition: each lane that the first does not need any more is taken by the second.
 * After four levels lane j holds sum j.
 */
final class LaneTrees {
    private static final int SUMS = LENGTH;

    private LaneTrees() {}

    /** Whether vectors are long enough. */
    static boolean fit() {
        return LENGTH >= 8;
    }

    /** sums = the trees of 16 lanes each, which lie one after another from 0, of as many of them as whole vectors hold; how many. */
    static int sums(int count, float[] lanes, float[] sums, int at) {
        int whole = count & -SUMS;
        for (int i = 0; i < whole; i += SUMS) {
            vector(lanes, i * VIRTUAL, sums, at + i);
        }
        return whole;
    }

    private static void vector(float[] lanes, int from, float[] sums, int at) {
        FloatVector v0 = half(lanes, from);
        FloatVector v1 = half(lanes, from + VIRTUAL);
        FloatVector v2 = half(lanes, from + 2 * VIRTUAL);
        FloatVector v3 = half(lanes, from + 3 * VIRTUAL);
        FloatVector v4 = half(lanes, from + 4 * VIRTUAL);
        FloatVector v5 = half(lanes, from + 5 * VIRTUAL);
        FloatVector v6 = half(lanes, from + 6 * VIRTUAL);
        FloatVector v7 = half(lanes, from + 7 * VIRTUAL);
        v0 = fold(v0, v4, BIT_4, BY_4);
        v1 = fold(v1, v5, BIT_4, BY_4);
        v2 = fold(v2, v6, BIT_4, BY_4);
        v3 = fold(v3, v7, BIT_4, BY_4);
        v0 = fold(v0, v2, BIT_2, BY_2);
        v1 = fold(v1, v3, BIT_2, BY_2);
        fold(v0, v1, BIT_1, BY_1).add(FloatVector.zero(FLOATS)).intoArray(sums, at);
    }

    /** Lanes j + lanes j + 8 of one sum; at 512 bits beside those of the sum eight further on. */
    private static FloatVector half(float[] lanes, int at) {
        FloatVector v = FloatVector.fromArray(FLOATS, lanes, at);
        FloatVector w = FloatVector.fromArray(FLOATS, lanes, LENGTH == VIRTUAL ? at + 8 * VIRTUAL : at + LENGTH);
        return LENGTH == VIRTUAL ? fold(v, w, BIT_8, BY_8) : v.add(w);
    }

    /** Of the lanes without the bit, a's and those a bit further on; of the others, b's and those a bit before. */
    private static FloatVector fold(FloatVector a, FloatVector b, VectorMask<Float> bit, VectorShuffle<Float> by) {
        return a.blend(b, bit).add(b.blend(a, bit).rearrange(by));
    }
}
