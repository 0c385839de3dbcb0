package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Sums with vectors: the 16 virtual lanes of {@link PlainSums} are one vector of 512 bits, two of 256 or four of 128.
 *
 * <p>The width is a constant, so the JIT drops the branches on it and the accumulators that it has no use for. The last,
 * partial block is read by loads that end at the last element; those of its elements that were summed before become 0. This is done also
 * where no such block is left: with a branch here, the JIT makes objects of the accumulators.
 */
final class VectorSums {
    private VectorSums() {}

    static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        if (n < VIRTUAL) {
            return PlainSums.dot(x, xAt, y, yAt, n);
        }
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        int end = n & -VIRTUAL;
        for (int i = 0; i < end; i += VIRTUAL) {
            s0 = FloatVector.fromArray(FLOATS, x, xAt + i).fma(FloatVector.fromArray(FLOATS, y, yAt + i), s0);
            if (LENGTH <= 8) {
                s1 = FloatVector.fromArray(FLOATS, x, xAt + i + LENGTH)
                        .fma(FloatVector.fromArray(FLOATS, y, yAt + i + LENGTH), s1);
            }
            if (LENGTH == 4) {
                s2 = FloatVector.fromArray(FLOATS, x, xAt + i + 8)
                        .fma(FloatVector.fromArray(FLOATS, y, yAt + i + 8), s2);
                s3 = FloatVector.fromArray(FLOATS, x, xAt + i + 12)
                        .fma(FloatVector.fromArray(FLOATS, y, yAt + i + 12), s3);
            }
        }
        int done = VIRTUAL - (n - end);
        int xLast = xAt + n - VIRTUAL;
        int yLast = yAt + n - VIRTUAL;
        s0 = partial(x, xLast, y, yLast, s0, done);
        if (LENGTH <= 8) {
            s1 = partial(x, xLast + LENGTH, y, yLast + LENGTH, s1, done - LENGTH);
        }
        if (LENGTH == 4) {
            s2 = partial(x, xLast + 8, y, yLast + 8, s2, done - 8);
            s3 = partial(x, xLast + 12, y, yLast + 12, s3, done - 12);
        }
        return Lanes.tree(s0, s1, s2, s3);
    }

    /** sum + x * y in the lanes from {@code first} on, all if it is not positive, and sum + 0 in the others. */
    static FloatVector partial(float[] x, int xAt, float[] y, int yAt, FloatVector sum, int first) {
        IntVector mask = Lanes.bitsFrom(first);
        return Lanes.and(FloatVector.fromArray(FLOATS, x, xAt), mask)
                .fma(Lanes.and(FloatVector.fromArray(FLOATS, y, yAt), mask), sum);
    }

    static float sumOfSquares(float[] x, int xAt, int n) {
        return dot(x, xAt, x, xAt, n);
    }

    static float sum(float[] x, int xAt, int n) {
        if (n < VIRTUAL) {
            return PlainSums.sum(x, xAt, n);
        }
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        int end = n & -VIRTUAL;
        for (int i = 0; i < end; i += VIRTUAL) {
            s0 = s0.add(FloatVector.fromArray(FLOATS, x, xAt + i));
            if (LENGTH <= 8) {
                s1 = s1.add(FloatVector.fromArray(FLOATS, x, xAt + i + LENGTH));
            }
            if (LENGTH == 4) {
                s2 = s2.add(FloatVector.fromArray(FLOATS, x, xAt + i + 8));
                s3 = s3.add(FloatVector.fromArray(FLOATS, x, xAt + i + 12));
            }
        }
        int done = VIRTUAL - (n - end);
        int last = xAt + n - VIRTUAL;
        s0 = partial(x, last, s0, done);
        if (LENGTH <= 8) {
            s1 = partial(x, last + LENGTH, s1, done - LENGTH);
        }
        if (LENGTH == 4) {
            s2 = partial(x, last + 8, s2, done - 8);
            s3 = partial(x, last + 12, s3, done - 12);
        }
        return Lanes.tree(s0, s1, s2, s3);
    }

    private static FloatVector partial(float[] x, int xAt, FloatVector sum, int first) {
        return sum.add(Lanes.and(FloatVector.fromArray(FLOATS, x, xAt), Lanes.bitsFrom(first)));
    }
}
