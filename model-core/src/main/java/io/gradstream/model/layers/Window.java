package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.Shape;
import java.util.Arrays;

/**
 * A window that is moved over an image (height, width, channels): what each position of the output reads.
 *
 * <p>A sequence (steps, channels) is an image of height 1, in which a row may be shorter than {@code width}; what lies behind its
 * end, and what lies beyond the edges, counts as 0.
 */
record Window(
        int height,
        int width,
        int channels,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int paddingHeight,
        int paddingWidth) {
    /** Shorter pieces are copied and added by a plain loop. */
    private static final int SHORT = 16;

    /** A window over the one input of a layer, which must be an image at least as large as the window. */
    static Window overImage(Site site, int kernelHeight, int kernelWidth, int stride, int padding) {
        Signal in = site.onlyNumbers();
        if (in.steps() || in.shape().rank() != 3) {
            throw site.wrong("an image, (height, width, channels)", in.text());
        }
        Shape shape = in.shape();
        return new Window(
                        shape.dim(0),
                        shape.dim(1),
                        shape.dim(2),
                        kernelHeight,
                        kernelWidth,
                        stride,
                        stride,
                        padding,
                        padding)
                .fitting(site);
    }

    /** A window over the one input of a layer, which must be a sequence. */
    static Window overSteps(Site site, int kernel, int stride, int padding) {
        Signal in = site.onlyNumbers();
        if (in.shape().rank() != 2) {
            throw site.wrong("a sequence, (steps, width)", in.text());
        }
        return new Window(1, in.shape().dim(0), in.shape().dim(1), 1, kernel, 1, stride, 0, padding).fitting(site);
    }

    private Window fitting(Site site) {
        if (height + 2L * paddingHeight < kernelHeight || width + 2L * paddingWidth < kernelWidth) {
            throw site.wrong(
                    "an input at least as large as the kernel, with padding",
                    "(" + height + ", " + width + ") and a kernel of (" + kernelHeight + ", " + kernelWidth + ")");
        }
        return this;
    }

    int outHeight() {
        return (height + 2 * paddingHeight - kernelHeight) / strideHeight + 1;
    }

    int outWidth() {
        return (width + 2 * paddingWidth - kernelWidth) / strideWidth + 1;
    }

    /** Of an output with the channels of the input. */
    Shape outShape() {
        return Shape.of(outHeight(), outWidth(), channels);
    }

    /** Where a position of a batch of images starts to read, without padding. */
    int start(int position) {
        int image = position / positions();
        int in = position % positions();
        int y = in / outWidth() * strideHeight;
        int x = in % outWidth() * strideWidth;
        return ((image * height + y) * width + x) * channels;
    }

    /** Positions of the output. */
    int positions() {
        return Math.multiplyExact(outHeight(), outWidth());
    }

    /** Floats that one position reads. */
    int patch() {
        return Math.multiplyExact(Math.multiplyExact(kernelHeight, kernelWidth), channels);
    }

    /** How many of the output's steps there are for so many of the input's. */
    int outSteps(int steps) {
        int room = steps + 2 * paddingWidth - kernelWidth;
        return steps == 0 || room < 0 ? 0 : room / strideWidth + 1;
    }

    /** patches (rows, patch) = what positions from, from + 1, ... of a batch of images x read; {@code lengths} may be null */
    void gather(float[] x, int[] lengths, int from, int rows, float[] patches) {
        int piece = kernelWidth * channels;
        for (int row = 0; row < rows; row++) {
            int image = (from + row) / positions();
            int position = (from + row) % positions();
            int top = position / outWidth() * strideHeight - paddingHeight;
            int left = position % outWidth() * strideWidth - paddingWidth;
            int first = Math.max(0, -left) * channels;
            int last = inside(left, lengths, image) * channels;
            for (int ky = 0; ky < kernelHeight; ky++) {
                int y = top + ky;
                int to = (row * kernelHeight + ky) * piece;
                if (y < 0 || y >= height || last <= first) {
                    Arrays.fill(patches, to, to + piece, 0);
                } else {
                    int at = ((image * height + y) * width + left) * channels;
                    Arrays.fill(patches, to, to + first, 0);
                    copy(x, at + first, patches, to + first, last - first);
                    Arrays.fill(patches, to + last, to + piece, 0);
                }
            }
        }
    }

    /** dx += dPatches (rows, patch), where {@link #gather} read it */
    void scatter(float[] dPatches, int[] lengths, int from, int rows, float[] dx) {
        int piece = kernelWidth * channels;
        for (int row = 0; row < rows; row++) {
            int image = (from + row) / positions();
            int position = (from + row) % positions();
            int top = position / outWidth() * strideHeight - paddingHeight;
            int left = position % outWidth() * strideWidth - paddingWidth;
            int first = Math.max(0, -left) * channels;
            int last = inside(left, lengths, image) * channels;
            for (int ky = Math.max(0, -top); ky < Math.min(kernelHeight, height - top) && first < last; ky++) {
                int at = ((image * height + top + ky) * width + left) * channels;
                add(dPatches, (row * kernelHeight + ky) * piece + first, dx, at + first, last - first);
            }
        }
    }

    /** How many columns of a window from {@code left} on lie before the right edge. */
    private int inside(int left, int[] lengths, int image) {
        int end = lengths == null ? width : lengths[image];
        return Math.min(kernelWidth, end - left);
    }

    private static void copy(float[] x, int xAt, float[] y, int yAt, int n) {
        if (n >= SHORT) {
            System.arraycopy(x, xAt, y, yAt, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yAt + i] = x[xAt + i];
        }
    }

    private static void add(float[] x, int xAt, float[] y, int yAt, int n) {
        if (n >= SHORT) {
            Kernels.add(x, xAt, y, yAt, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yAt + i] += x[xAt + i];
        }
    }
}
