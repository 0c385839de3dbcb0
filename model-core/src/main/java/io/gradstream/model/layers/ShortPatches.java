package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.RowKernels;

/**
 * The products of a {@link Convolution} over few channels. What a position reads of a line is a few floats, too short to copy one by one; so the
 * patches lie transposed, the same float of positions side by side, which is a line of the image moved along.
 */
final class ShortPatches {
    /** Positions of a part: as many rows as a product reads where they lie. */
    static final int ROWS = 128;

    /** What one line of a kernel reads is short below this. */
    private static final int SHORT = 16;

    private final Window window;
    private final int channels;
    private final int weight;
    private final float[] patches;
    /** The weights, or their gradient, transposed: (patch, channels). */
    private final float[] turned;

    ShortPatches(Window window, int channels, int weight, Room room) {
        this.window = window;
        this.channels = channels;
        this.weight = weight;
        this.patches = room.floats((long) ROWS * window.patch);
        this.turned = room.floats((long) window.patch * channels);
    }

    /** Whether they are faster for this window. */
    static boolean pay(Window window) {
        return window.kernel.width() * window.channels < SHORT;
    }

    /** Before the first {@link #multiply}. */
    void readWeights(float[] dense) {
        RowKernels.transpose(channels, window.patch, dense, weight, window.patch, turned, 0, channels);
    }

    /** y (count, channels) += patches . weight (channels, patch)T */
    void multiply(float[] x, int[] lengths, int from, int count, float[] y) {
        gather(x, lengths, from, count);
        Kernels.multiplyTransposedA(
                count, channels, window.patch, patches, 0, count, turned, 0, channels, y, from * channels, channels);
    }

    /** Before the first {@link #addToWeights}. */
    void readGradient(float[] gradients) {
        readWeights(gradients);
    }

    /** dWeight += dyT . patches */
    void addToWeights(float[] x, int[] lengths, int from, int count, float[] dy) {
        gather(x, lengths, from, count);
        Kernels.multiply(
                window.patch, channels, count, patches, 0, count, dy, from * channels, channels, turned, 0, channels);
    }

    /** After the last {@link #addToWeights}. */
    void writeGradient(float[] gradients) {
        RowKernels.transpose(window.patch, channels, turned, 0, channels, gradients, weight, window.patch);
    }

    /** patches (patch, count) = what positions from, from + 1, ... of a batch of images x read */
    private void gather(float[] x, int[] lengths, int from, int count) {
        int image = from / window.positions;
        int line = from / window.outWidth % window.outHeight;
        int column = from % window.outWidth;
        for (int at = 0; at < count; ) {
            int some = Math.min(window.outWidth - column, count - at);
            int steps = lengths == null ? window.width : lengths[image];
            for (int ky = 0; ky < window.kernel.height(); ky++) {
                int y = line * window.stride.height() - window.padding.height() + ky;
                boolean inside = y >= 0 && y < window.height;
                int to = ky * window.kernel.width() * window.channels * count + at;
                gatherLine(x, (image * window.height + y) * window.width, inside ? steps : 0, column, some, count, to);
            }
            at += some;
            column = 0;
            line = line + 1 == window.outHeight ? 0 : line + 1;
            image += line == 0 ? 1 : 0;
        }
    }

    /** One line of the kernel for {@code some} positions of a line of the output; {@code line} is the pixel at which x has it. */
    private void gatherLine(float[] x, int line, int steps, int column, int some, int count, int to) {
        int stride = window.stride.width();
        for (int kx = 0; kx < window.kernel.width(); kx++) {
            int left = column * stride - window.padding.width() + kx;
            int first = Math.min(some, left >= 0 ? 0 : -Math.floorDiv(left, stride));
            int end = Math.max(first, Math.min(some, -Math.floorDiv(left - steps, stride)));
            for (int c = 0; c < window.channels; c++) {
                int row = to + (kx * window.channels + c) * count;
                int from = (line + left + first * stride) * window.channels + c;
                clear(row, row + first);
                if (first < end) {
                    copy(x, from, stride * window.channels, row + first, end - first);
                }
                clear(row + end, row + some);
            }
        }
    }

    /** Mostly nothing, or one position at an edge. */
    private void clear(int from, int to) {
        for (int i = from; i < to; i++) {
            patches[i] = 0;
        }
    }

    private void copy(float[] x, int from, int step, int to, int n) {
        if (step == 1) {
            Kernels.copy(x, from, patches, to, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            patches[to + i] = x[from + i * step];
        }
    }
}
