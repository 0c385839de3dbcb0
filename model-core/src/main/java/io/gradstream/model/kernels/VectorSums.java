package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;

/**
 * Sums with vectors: the 16 virtual lanes of {@link PlainSums} are one vector of 512 bits, two of 256 or four of 128.
 *
 * <p>The width is a constant, so the JIT drops the branches on it and the accumulators that it has no use for. The last,
 * partial block is read by loads that end at the last element; their lanes that were summed before are blended away.
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
        if (done < VIRTUAL) {
            int xLast = xAt + n - VIRTUAL;
            int yLast = yAt + n - VIRTUAL;
            if (done < LENGTH) {
                s0 = partial(x, xLast, y, yLast, s0, done);
            }
            if (LENGTH <= 8) {
                s1 = partial(x, xLast + LENGTH, y, yLast + LENGTH, s1, done - LENGTH);
            }
            if (LENGTH == 4) {
                s2 = partial(x, xLast + 8, y, yLast + 8, s2, done - 8);
                s3 = partial(x, xLast + 12, y, yLast + 12, s3, done - 12);
            }
        }
        return Lanes.tree(s0, s1, s2, s3);
    }

    /** The lanes of {@code sum} from {@code first} on, all if it is not positive, take x * y; the others keep what they have. */
    static FloatVector partial(float[] x, int xAt, float[] y, int yAt, FloatVector sum, int first) {
        FloatVector more = FloatVector.fromArray(FLOATS, x, xAt).fma(FloatVector.fromArray(FLOATS, y, yAt), sum);
        return first <= 0 ? more : sum.blend(more, Lanes.from(first));
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
        if (done < VIRTUAL) {
            int last = xAt + n - VIRTUAL;
            if (done < LENGTH) {
                s0 = partial(x, last, s0, done);
            }
            if (LENGTH <= 8) {
                s1 = partial(x, last + LENGTH, s1, done - LENGTH);
            }
            if (LENGTH == 4) {
                s2 = partial(x, last + 8, s2, done - 8);
                s3 = partial(x, last + 12, s3, done - 12);
            }
        }
        return Lanes.tree(s0, s1, s2, s3);
    }

    private static FloatVector partial(float[] x, int xAt, FloatVector sum, int first) {
        FloatVector more = sum.add(FloatVector.fromArray(FLOATS, x, xAt));
        return first <= 0 ? more : sum.blend(more, Lanes.from(first));
    }
}
