package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.VIRTUAL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Sums with vectors: the 16 virtual lanes of {@link PlainSums} are one vector of 512 bits, two of 256 or four of 128.
 *
 * <p>The whole blocks of 16 terms, the last, partial one and the tree are methods of their own that hand the lanes on in memory: in one
 * method they are more than the JIT is sure to inline, and then it makes objects of the accumulators; so it does where a method that is not
 * small takes a vector. The width is a constant, so the JIT drops the branches on it and the accumulators that it has no use for.
 */
final class VectorSums {
    private VectorSums() {}

    static float dot(float[] x, int xAt, float[] y, int yAt, int n) {
        if (n < VIRTUAL) {
            return PlainSums.dot(x, xAt, y, yAt, n);
        }
        float[] lanes = Scratch.floats(Scratch.LANES, VIRTUAL);
        int end = n & -VIRTUAL;
        wholeDot(end, x, xAt, y, yAt, lanes);
        if (end < n) {
            nextBlock(1, n - VIRTUAL, VIRTUAL - n % VIRTUAL, x, xAt, 0, y, yAt, lanes);
        }
        return PlainSums.tree(lanes, 0);
    }

    private static void wholeDot(int end, float[] x, int xAt, float[] y, int yAt, float[] lanes) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
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
        s0.intoArray(lanes, 0);
        if (LENGTH <= 8) {
            s1.intoArray(lanes, LENGTH);
        }
        if (LENGTH == 4) {
            s2.intoArray(lanes, 8);
            s3.intoArray(lanes, 12);
        }
    }

    /** Adds 16 terms of each row from {@code term} on to the row's lanes from {@code first} on: all of a whole block, the last of a partial one. */
    static void nextBlock(
            int rows, int term, int first, float[] x, int xAt, int ldx, float[] y, int yAt, float[] lanes) {
        for (int j = 0; j < VIRTUAL; j += LENGTH) {
            IntVector mask = Lanes.bitsFrom(first - j);
            FloatVector factor = Lanes.and(FloatVector.fromArray(FLOATS, y, yAt + term + j), mask);
            for (int from = xAt + term + j, at = j, r = 0; r < rows; r++, from += ldx, at += VIRTUAL) {
                Lanes.and(FloatVector.fromArray(FLOATS, x, from), mask)
                        .fma(factor, FloatVector.fromArray(FLOATS, lanes, at))
                        .intoArray(lanes, at);
            }
        }
    }

    static float sumOfSquares(float[] x, int xAt, int n) {
        return dot(x, xAt, x, xAt, n);
    }

    static float sum(float[] x, int xAt, int n) {
        if (n < VIRTUAL) {
            return PlainSums.sum(x, xAt, n);
        }
        float[] lanes = Scratch.floats(Scratch.LANES, VIRTUAL);
        int end = n & -VIRTUAL;
        wholeSum(end, x, xAt, lanes);
        if (end < n) {
            partialSum(n, x, xAt, lanes);
        }
        return PlainSums.tree(lanes, 0);
    }

    /** What is read is the receiver: its class is known for certain, that of an accumulator only by what ran before. */
    private static void wholeSum(int end, float[] x, int xAt, float[] lanes) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < end; i += VIRTUAL) {
            s0 = FloatVector.fromArray(FLOATS, x, xAt + i).add(s0);
            if (LENGTH <= 8) {
                s1 = FloatVector.fromArray(FLOATS, x, xAt + i + LENGTH).add(s1);
            }
            if (LENGTH == 4) {
                s2 = FloatVector.fromArray(FLOATS, x, xAt + i + 8).add(s2);
                s3 = FloatVector.fromArray(FLOATS, x, xAt + i + 12).add(s3);
            }
        }
        s0.intoArray(lanes, 0);
        if (LENGTH <= 8) {
            s1.intoArray(lanes, LENGTH);
        }
        if (LENGTH == 4) {
            s2.intoArray(lanes, 8);
            s3.intoArray(lanes, 12);
        }
    }

    private static void partialSum(int n, float[] x, int xAt, float[] lanes) {
        int first = VIRTUAL - n % VIRTUAL;
        int last = n - VIRTUAL;
        for (int j = 0; j < VIRTUAL; j += LENGTH) {
            FloatVector.fromArray(FLOATS, lanes, j)
                    .add(Lanes.and(FloatVector.fromArray(FLOATS, x, xAt + last + j), Lanes.bitsFrom(first - j)))
                    .intoArray(lanes, j);
        }
    }
}
