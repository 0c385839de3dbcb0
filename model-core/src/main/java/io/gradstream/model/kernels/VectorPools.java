package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static jdk.incubator.vector.VectorOperators.EQ;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link PoolKernels} with vectors of channels. What is found of a window lies in y and dy from pixel to pixel: kept in a register through the loops
 * over lines and pixels, JDK 17 makes an object of it.
 */
final class VectorPools {
    private VectorPools() {}

    static void largest(
            int windows,
            int channels,
            int height,
            int width,
            int line,
            int step,
            float[] x,
            int xAt,
            float[] y,
            int yAt) {
        int end = FLOATS.loopBound(channels);
        boolean four = height == 2 && width == 2;
        for (int w = 0; w < windows; w++) {
            int to = yAt + w * channels;
            int from = xAt + w * step;
            if (four) {
                largestOfFour(x, from, from + line, channels, y, to, end);
            } else {
                Arrays.fill(y, to, to + end, Float.NEGATIVE_INFINITY);
                for (int ky = 0; ky < height; ky++) {
                    for (int kx = 0; kx < width; kx++) {
                        larger(x, from + ky * line + kx * channels, y, to, end);
                    }
                }
            }
        }
        if (end < channels) {
            PlainPools.largestFrom(end, windows, channels, height, width, line, step, x, xAt, y, yAt);
        }
    }

    /** Of two lines of two pixels, the usual window: nothing waits for the memory. */
    private static void largestOfFour(float[] x, int first, int second, int channels, float[] y, int yAt, int end) {
        for (int c = 0; c < end; c += LENGTH) {
            FloatVector upper = FloatVector.fromArray(FLOATS, x, first + channels + c)
                    .max(FloatVector.fromArray(FLOATS, x, first + c));
            FloatVector lower = FloatVector.fromArray(FLOATS, x, second + channels + c)
                    .max(FloatVector.fromArray(FLOATS, x, second + c));
            lower.max(upper).intoArray(y, yAt + c);
        }
    }

    private static void larger(float[] x, int xAt, float[] y, int yAt, int end) {
        for (int c = 0; c < end; c += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + c)
                    .max(FloatVector.fromArray(FLOATS, y, yAt + c))
                    .intoArray(y, yAt + c);
        }
    }

    static void largestBackward(
            int windows,
            int channels,
            int height,
            int width,
            int line,
            int step,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            float[] dy,
            int dyAt,
            float[] dx,
            int dxAt,
            boolean add) {
        int end = FLOATS.loopBound(channels);
        boolean four = height == 2 && width == 2 && !add;
        for (int w = 0; w < windows; w++) {
            int of = w * channels;
            if (four) {
                int at = w * step;
                moveToFour(x, xAt + at, y, yAt + of, dy, dyAt + of, dx, dxAt + at, channels, line, end);
                continue;
            }
            for (int ky = 0; ky < height; ky++) {
                int at = w * step + ky * line;
                for (int kx = 0; kx < width; kx++, at += channels) {
                    if (add) {
                        moveAdding(x, xAt + at, y, yAt + of, dy, dyAt + of, dx, dxAt + at, end);
                    } else {
                        moveWriting(x, xAt + at, y, yAt + of, dy, dyAt + of, dx, dxAt + at, end);
                    }
                }
            }
        }
        if (end < channels) {
            PlainPools.largestBackwardFrom(
                    end, windows, channels, height, width, line, step, x, xAt, y, yAt, dy, dyAt, dx, dxAt, add);
        }
    }

    private static void moveToFour(
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            float[] dy,
            int dyAt,
            float[] dx,
            int dxAt,
            int channels,
            int line,
            int end) {
        FloatVector zero = FloatVector.zero(FLOATS);
        for (int c = 0; c < end; c += LENGTH) {
            int from = xAt + c;
            int to = dxAt + c;
            FloatVector largest = FloatVector.fromArray(FLOATS, y, yAt + c);
            FloatVector slope = FloatVector.fromArray(FLOATS, dy, dyAt + c);
            VectorMask<Float> equal = FloatVector.fromArray(FLOATS, x, from).compare(EQ, largest);
            zero.blend(slope, equal).intoArray(dx, to);
            slope = slope.blend(zero, equal);
            equal = FloatVector.fromArray(FLOATS, x, from + channels).compare(EQ, largest);
            zero.blend(slope, equal).intoArray(dx, to + channels);
            slope = slope.blend(zero, equal);
            equal = FloatVector.fromArray(FLOATS, x, from + line).compare(EQ, largest);
            zero.blend(slope, equal).intoArray(dx, to + line);
            slope = slope.blend(zero, equal);
            equal = FloatVector.fromArray(FLOATS, x, from + line + channels).compare(EQ, largest);
            zero.blend(slope, equal).intoArray(dx, to + line + channels);
            slope.blend(zero, equal).intoArray(dy, dyAt + c);
        }
    }

    private static void moveAdding(
            float[] x, int xAt, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int end) {
        FloatVector zero = FloatVector.zero(FLOATS);
        for (int c = 0; c < end; c += LENGTH) {
            VectorMask<Float> equal =
                    FloatVector.fromArray(FLOATS, x, xAt + c).compare(EQ, FloatVector.fromArray(FLOATS, y, yAt + c));
            FloatVector slope = FloatVector.fromArray(FLOATS, dy, dyAt + c);
            FloatVector.fromArray(FLOATS, dx, dxAt + c)
                    .add(zero.blend(slope, equal))
                    .intoArray(dx, dxAt + c);
            slope.blend(zero, equal).intoArray(dy, dyAt + c);
        }
    }

    private static void moveWriting(
            float[] x, int xAt, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int end) {
        FloatVector zero = FloatVector.zero(FLOATS);
        for (int c = 0; c < end; c += LENGTH) {
            VectorMask<Float> equal =
                    FloatVector.fromArray(FLOATS, x, xAt + c).compare(EQ, FloatVector.fromArray(FLOATS, y, yAt + c));
            FloatVector slope = FloatVector.fromArray(FLOATS, dy, dyAt + c);
            zero.blend(slope, equal).intoArray(dx, dxAt + c);
            slope.blend(zero, equal).intoArray(dy, dyAt + c);
        }
    }
}
