package io.gradstream.model.kernels;

/** {@link PoolKernels} in plain Java; from a channel on, where the ones before it are done already. */
final class PlainPools {
    private PlainPools() {}

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
        largestFrom(0, windows, channels, height, width, line, step, x, xAt, y, yAt);
    }

    static void largestFrom(
            int channel,
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
        for (int w = 0; w < windows; w++) {
            for (int c = channel; c < channels; c++) {
                float largest = Float.NEGATIVE_INFINITY;
                for (int ky = 0; ky < height; ky++) {
                    int at = xAt + w * step + ky * line + c;
                    for (int kx = 0; kx < width; kx++) {
                        largest = Math.max(x[at + kx * channels], largest);
                    }
                }
                y[yAt + w * channels + c] = largest;
            }
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
        largestBackwardFrom(0, windows, channels, height, width, line, step, x, xAt, y, yAt, dy, dyAt, dx, dxAt, add);
    }

    static void largestBackwardFrom(
            int channel,
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
        for (int w = 0; w < windows; w++) {
            for (int c = channel; c < channels; c++) {
                float largest = y[yAt + w * channels + c];
                float slope = dy[dyAt + w * channels + c];
                for (int ky = 0; ky < height; ky++) {
                    int at = w * step + ky * line + c;
                    for (int kx = 0; kx < width; kx++, at += channels) {
                        boolean equal = x[xAt + at] == largest;
                        float moved = equal ? slope : 0;
                        dx[dxAt + at] = add ? dx[dxAt + at] + moved : moved;
                        slope = equal ? 0 : slope;
                    }
                }
                dy[dyAt + w * channels + c] = slope;
            }
        }
    }
}
