package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static jdk.incubator.vector.VectorOperators.EQ;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link PoolKernels} with a vector of channels at a time: what is found of a window stays in a register until all of it is read. */
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
            for (int c = 0; c < end; c += LENGTH) {
                FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
                for (int ky = 0; ky < height; ky++) {
                    int at = xAt + w * step + ky * line + c;
                    for (int kx = 0; kx < width; kx++) {
                        largest = FloatVector.fromArray(FLOATS, x, at + kx * channels)
                                .max(largest);
                    }
                }
                largest.intoArray(y, yAt + w * channels + c);
            }
        }
        if (end < channels) {
            PlainPools.largestFrom(end, windows, channels, height, width, line, step, x, xAt, y, yAt);
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
        FloatVector zero = FloatVector.zero(FLOATS);
        for (int w = 0; w < windows; w++) {
            for (int c = 0; c < end; c += LENGTH) {
                FloatVector largest = FloatVector.fromArray(FLOATS, y, yAt + w * channels + c);
                FloatVector slope = FloatVector.fromArray(FLOATS, dy, dyAt + w * channels + c);
                for (int ky = 0; ky < height; ky++) {
                    int at = w * step + ky * line + c;
                    for (int kx = 0; kx < width; kx++, at += channels) {
                        VectorMask<Float> equal =
                                FloatVector.fromArray(FLOATS, x, xAt + at).compare(EQ, largest);
                        FloatVector moved = zero.blend(slope, equal);
                        if (add) {
                            moved = FloatVector.fromArray(FLOATS, dx, dxAt + at).add(moved);
                        }
                        moved.intoArray(dx, dxAt + at);
                        slope = slope.blend(zero, equal);
                    }
                }
            }
        }
        if (end < channels) {
            PlainPools.largestBackwardFrom(
                    end, windows, channels, height, width, line, step, x, xAt, y, yAt, dy, dyAt, dx, dxAt, add);
        }
    }
}
