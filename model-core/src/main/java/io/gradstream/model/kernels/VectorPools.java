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
        for (int w = 0; w < windows; w++) {
            int to = yAt + w * channels;
            Arrays.fill(y, to, to + end, Float.NEGATIVE_INFINITY);
            for (int ky = 0; ky < height; ky++) {
                int from = xAt + w * step + ky * line;
                for (int kx = 0; kx < width; kx++) {
                    larger(x, from + kx * channels, y, to, end);
                }
            }
        }
        if (end < channels) {
            PlainPools.largestFrom(end, windows, channels, height, width, line, step, x, xAt, y, yAt);
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
        for (int w = 0; w < windows; w++) {
            int of = w * channels;
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
