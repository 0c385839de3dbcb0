package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Transposing.BY_1;
import static io.gradstream.model.kernels.Transposing.BY_2;
import static io.gradstream.model.kernels.Transposing.BY_4;
import static io.gradstream.model.kernels.Transposing.BY_8;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Element-wise passes with vectors; the plain versions finish what is less than a vector. */
final class VectorArithmetic {
    /** Below this, what a check with vectors saves is lost on its lanes' way through memory. */
    private static final int SHORT_CHECK = 64;

    /** Above, {@link System#arraycopy} is faster. */
    private static final int LONG_COPY = 128;

    private VectorArithmetic() {}

    static void copy(float[] x, int xAt, float[] y, int yAt, int n) {
        if (n < LENGTH || n > LONG_COPY) {
            PlainArithmetic.copy(x, xAt, y, yAt, n);
            return;
        }
        for (int i = 0; i < n - LENGTH; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i).intoArray(y, yAt + i);
        }
        int last = n - LENGTH;
        FloatVector.fromArray(FLOATS, x, xAt + last).intoArray(y, yAt + last);
    }

    static void add(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, y, yAt + i)
                    .add(FloatVector.fromArray(FLOATS, x, xAt + i))
                    .intoArray(y, yAt + i);
        }
        PlainArithmetic.add(x, xAt + end, y, yAt + end, n - end);
    }

    static void axpy(float a, float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        FloatVector factor = FloatVector.broadcast(FLOATS, a);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i)
                    .fma(factor, FloatVector.fromArray(FLOATS, y, yAt + i))
                    .intoArray(y, yAt + i);
        }
        PlainArithmetic.axpy(a, x, xAt + end, y, yAt + end, n - end);
    }

    static void scale(float a, float[] x, int xAt, int n) {
        int end = FLOATS.loopBound(n);
        FloatVector factor = FloatVector.broadcast(FLOATS, a);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i).mul(factor).intoArray(x, xAt + i);
        }
        PlainArithmetic.scale(a, x, xAt + end, n - end);
    }

    static void multiplyElements(float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, y, yAt + i)
                    .mul(FloatVector.fromArray(FLOATS, x, xAt + i))
                    .intoArray(y, yAt + i);
        }
        PlainArithmetic.multiplyElements(x, xAt + end, y, yAt + end, n - end);
    }

    static void multiplyAdd(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i)
                    .fma(FloatVector.fromArray(FLOATS, y, yAt + i), FloatVector.fromArray(FLOATS, z, zAt + i))
                    .intoArray(z, zAt + i);
        }
        PlainArithmetic.multiplyAdd(x, xAt + end, y, yAt + end, z, zAt + end, n - end);
    }

    static void clamp(float low, float high, float[] x, int xAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i);
            v = v.blend(low, v.compare(VectorOperators.LT, low));
            v.blend(high, v.compare(VectorOperators.GT, high)).intoArray(x, xAt + i);
        }
        PlainArithmetic.clamp(low, high, x, xAt + end, n - end);
    }

    /** The largest of numbers does not depend on the order in which they are compared, so this needs no virtual lanes. */
    static float max(float[] x, int xAt, int n) {
        int end = FLOATS.loopBound(n);
        float rest = PlainArithmetic.max(x, xAt + end, n - end);
        if (end == 0) {
            return rest;
        }
        FloatVector max = FloatVector.fromArray(FLOATS, x, xAt);
        for (int i = LENGTH; i < end; i += LENGTH) {
            max = max.max(FloatVector.fromArray(FLOATS, x, xAt + i));
        }
        if (LENGTH > 8) {
            max = max.max(max.rearrange(BY_8));
        }
        if (LENGTH > 4) {
            max = max.max(max.rearrange(BY_4));
        }
        max = max.max(max.rearrange(BY_2));
        max = max.max(max.rearrange(BY_1));
        // Through memory: a reduction of lanes makes objects of the vectors before it.
        float[] lanes = Scratch.floats(Scratch.LEFT, LENGTH);
        max.intoArray(lanes, 0);
        return Math.max(rest, lanes[0]);
    }

    static boolean allFinite(float[] x, int xAt, int n) {
        if (n < SHORT_CHECK) {
            return PlainArithmetic.allFinite(x, xAt, n);
        }
        // Four sums, as one would be mostly waiting for itself.
        int end = n & -4 * LENGTH;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        for (int i = xAt; i < xAt + end; i += 4 * LENGTH) {
            s0 = FloatVector.fromArray(FLOATS, x, i).fma(zero, s0);
            s1 = FloatVector.fromArray(FLOATS, x, i + LENGTH).fma(zero, s1);
            s2 = FloatVector.fromArray(FLOATS, x, i + 2 * LENGTH).fma(zero, s2);
            s3 = FloatVector.fromArray(FLOATS, x, i + 3 * LENGTH).fma(zero, s3);
        }
        FloatVector zeros = s0.add(s1).add(s2.add(s3));
        float[] lanes = Scratch.floats(Scratch.LANES, LENGTH);
        zeros.intoArray(lanes, 0);
        return PlainArithmetic.allFinite(lanes, 0, LENGTH) && PlainArithmetic.allFinite(x, xAt + end, n - end);
    }
}
