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
    private static final int EIGHT = 8;

    private LaneTrees() {}

    /** Whether vectors are long enough. */
    static boolean fit() {
        return LENGTH >= 8;
    }

    /**
     * sums = the trees of as many sums as whole vectors hold; how many.
     *
     * @param halved whether of the lanes there is only {@link #half} left, eight vectors for the sums of one; if not, there are 16 for each
     * @param lanes one after another from 0; overwritten
     */
    static int sums(int count, boolean halved, float[] lanes, float[] sums, int at) {
        int whole = count & -SUMS;
        for (int i = 0; i < whole; i += SUMS) {
            int from = i * (halved ? EIGHT : VIRTUAL);
            if (!halved) {
                halve(lanes, from);
            }
            vector(lanes, from, sums, at + i);
        }
        return whole;
    }

    private static void halve(float[] lanes, int from) {
        for (int i = 0; i < EIGHT; i++) {
            half(lanes, from, i).intoArray(lanes, from + i * LENGTH);
        }
    }

    /** By loops, whose turns the JIT lays side by side only after it has inlined what is in them: fifteen foldings in a row are more than it inlines. */
    private static void vector(float[] lanes, int from, float[] sums, int at) {
        for (int i = 0; i < 4; i++) {
            fold(load(lanes, from, i), load(lanes, from, i + 4), BIT_4, BY_4).intoArray(lanes, from + i * LENGTH);
        }
        for (int i = 0; i < 2; i++) {
            fold(load(lanes, from, i), load(lanes, from, i + 2), BIT_2, BY_2).intoArray(lanes, from + i * LENGTH);
        }
        fold(load(lanes, from, 0), load(lanes, from, 1), BIT_1, BY_1)
                .add(FloatVector.zero(FLOATS))
                .intoArray(sums, at);
    }

    private static FloatVector load(float[] lanes, int from, int i) {
        return FloatVector.fromArray(FLOATS, lanes, from + i * LENGTH);
    }

    /** Lanes j + lanes j + 8 of sum i; at 512 bits beside those of the sum eight further on. */
    private static FloatVector half(float[] lanes, int from, int i) {
        int at = from + i * VIRTUAL;
        return half(
                FloatVector.fromArray(FLOATS, lanes, at),
                FloatVector.fromArray(FLOATS, lanes, LENGTH == VIRTUAL ? at + EIGHT * VIRTUAL : at + LENGTH));
    }

    /** The same of vectors: all lanes of two sums that are eight apart, at 256 bits the two halves of those of one. */
    static FloatVector half(FloatVector v, FloatVector w) {
        return LENGTH == VIRTUAL ? fold(v, w, BIT_8, BY_8) : v.add(w);
    }

    /** Of the lanes without the bit, a's and those a bit further on; of the others, b's and those a bit before. */
    private static FloatVector fold(FloatVector a, FloatVector b, VectorMask<Float> bit, VectorShuffle<Float> by) {
        return a.blend(b, bit).add(b.blend(a, bit).rearrange(by));
    }
}
