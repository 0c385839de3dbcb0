package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * The largest numbers of windows that are moved along a line of an image, channel by channel.
 *
 * <p>Conventions and choice of implementation as in {@link Kernels}. A window has {@code height} lines, {@code line} floats apart, of
 * {@code width} pixels, which lie one after another and have {@code channels} floats each; windows start {@code step} floats apart.
 */
public final class PoolKernels {
    private PoolKernels() {}

    /** y (windows, channels) = the largest number of each window of x; NaN if one is NaN. */
    public static void largest(
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
        if (VECTOR) {
            VectorPools.largest(windows, channels, height, width, line, step, x, xAt, y, yAt);
        } else {
            PlainPools.largest(windows, channels, height, width, line, step, x, xAt, y, yAt);
        }
    }

    /**
     * dy (windows, channels) goes to where the largest number was found first, and 0 to the rest of the window: added to dx, which lies
     * like x, or written to it, for windows that have no float in common. What has been moved is 0 in dy afterwards.
     */
    public static void largestBackward(
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
        if (VECTOR) {
            VectorPools.largestBackward(
                    windows, channels, height, width, line, step, x, xAt, y, yAt, dy, dyAt, dx, dxAt, add);
        } else {
            PlainPools.largestBackward(
                    windows, channels, height, width, line, step, x, xAt, y, yAt, dy, dyAt, dx, dxAt, add);
        }
    }
}
