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
final class Window {
    /** Shorter pieces are copied and added by a plain loop. */
    private static final int SHORT = 16;

    final int height;
    final int width;
    final int channels;
    final Size kernel;
    final Size stride;
    final Size padding;
    final int outHeight;
    final int outWidth;
    /** Positions of the output. */
    final int positions;
    /** Floats that one position reads. */
    final int patch;

    /** One number for each direction. */
    record Size(int height, int width) {}

    private Window(Site site, int height, int width, int channels, Size kernel, Size stride, Size padding) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        long roomDown = height + 2L * padding.height - kernel.height;
        long roomAcross = width + 2L * padding.width - kernel.width;
        long padded = Math.max(height + 2L * padding.height, width + 2L * padding.width);
        if (padded > Integer.MAX_VALUE) {
            throw site.wrong("at most 2^31 - 1 numbers in a direction, padding included", padded + "");
        }
        if (roomDown < 0 || roomAcross < 0) {
            throw site.wrong(
                    "an input at least as large as the kernel, with padding",
                    "(" + height + ", " + width + ") and a kernel of (" + kernel.height + ", " + kernel.width + ")");
        }
        this.outHeight = Math.toIntExact(roomDown / stride.height + 1);
        this.outWidth = Math.toIntExact(roomAcross / stride.width + 1);
        this.positions = Math.multiplyExact(outHeight, outWidth);
        this.patch = Math.multiplyExact(Math.multiplyExact(kernel.height, kernel.width), channels);
    }

    /** A window over the one input of a layer, which must be an image. */
    static Window overImage(Site site, int kernelHeight, int kernelWidth, int stride, int padding) {
        Signal in = site.onlyNumbers();
        if (in.steps() || in.shape().rank() != 3) {
            throw site.wrong("an image, (height, width, channels)", in.text());
        }
        return new Window(
                site,
                in.shape().dim(0),
                in.shape().dim(1),
                in.shape().dim(2),
                new Size(kernelHeight, kernelWidth),
                new Size(stride, stride),
                new Size(padding, padding));
    }

    /** A window over the one input of a layer, which must be a sequence. */
    static Window overSteps(Site site, int kernel, int stride, int padding) {
        Signal in = site.onlyNumbers();
        if (in.shape().rank() != 2) {
            throw site.wrong("a sequence, (steps, width)", in.text());
        }
        return new Window(
                site,
                1,
                in.shape().dim(0),
                in.shape().dim(1),
                new Size(1, kernel),
                new Size(1, stride),
                new Size(0, padding));
    }

    /** Whether each pixel of the input belongs to exactly one position. */
    boolean covers() {
        return stride.equals(kernel)
                && padding.equals(new Size(0, 0))
                && outHeight * stride.height == height
                && outWidth * stride.width == width;
    }

    /** Of an output with so many channels. */
    Shape outShape(int outChannels) {
        return Shape.of(outHeight, outWidth, outChannels);
    }

    /** How many of the output's steps there are for so many of the input's. */
    int outSteps(int steps) {
        int room = steps + 2 * padding.width - kernel.width;
        return steps == 0 || room < 0 ? 0 : room / stride.width + 1;
    }

    /** patches (rows, patch) = what positions from, from + 1, ... of a batch of images x read; {@code lengths} may be null */
    void gather(float[] x, int[] lengths, int from, int rows, float[] patches) {
        int image = from / positions;
        int line = from / outWidth % outHeight;
        int column = from % outWidth;
        for (int row = 0; row < rows; ) {
            int end = Math.min(outWidth, column + rows - row);
            int steps = lengths == null ? width : lengths[image];
            int top = line * stride.height - padding.height;
            for (int ky = 0; ky < kernel.height; ky++) {
                int y = top + ky;
                int to = (row * kernel.height + ky) * kernel.width * channels;
                boolean inside = y >= 0 && y < height;
                gatherLine(x, (image * height + y) * width, inside ? steps : 0, column, end, patches, to);
            }
            row += end - column;
            column = 0;
            line++;
            if (line == outHeight) {
                line = 0;
                image++;
            }
        }
    }

    /** One line of the kernel for the positions [column, end) of one line of the output; {@code line} is the pixel at which x has it. */
    private void gatherLine(float[] x, int line, int steps, int column, int end, float[] patches, int to) {
        int insideFrom = Math.min(end, Math.max(column, -Math.floorDiv(-padding.width, stride.width)));
        int room = steps + padding.width - kernel.width;
        int insideTo = room < 0 ? insideFrom : Math.max(insideFrom, Math.min(end, room / stride.width + 1));
        for (int c = column; c < insideFrom; c++) {
            gatherEdge(x, line, steps, c, patches, to + (c - column) * patch);
        }
        int from = (line + insideFrom * stride.width - padding.width) * channels;
        gatherInside(x, from, insideTo - insideFrom, patches, to + (insideFrom - column) * patch);
        for (int c = insideTo; c < end; c++) {
            gatherEdge(x, line, steps, c, patches, to + (c - column) * patch);
        }
    }

    private void gatherInside(float[] x, int from, int count, float[] patches, int to) {
        int piece = kernel.width * channels;
        int step = stride.width * channels;
        if (piece >= SHORT) {
            for (int i = 0; i < count; i++) {
                System.arraycopy(x, from + i * step, patches, to + i * patch, piece);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            copyShort(x, from + i * step, patches, to + i * patch, piece);
        }
    }

    /** Without an inner loop for what is shorter than four, whose start and end take longer than the copying. */
    private static void copyShort(float[] x, int from, float[] y, int to, int n) {
        int i = 0;
        for (; i <= n - 4; i += 4) {
            y[to + i] = x[from + i];
            y[to + i + 1] = x[from + i + 1];
            y[to + i + 2] = x[from + i + 2];
            y[to + i + 3] = x[from + i + 3];
        }
        if ((n & 2) != 0) {
            y[to + i] = x[from + i];
            y[to + i + 1] = x[from + i + 1];
        }
        if ((n & 1) != 0) {
            y[to + n - 1] = x[from + n - 1];
        }
    }

    private void gatherEdge(float[] x, int line, int steps, int column, float[] patches, int to) {
        int left = column * stride.width - padding.width;
        int first = Math.min(kernel.width, Math.max(0, -left)) * channels;
        int last = Math.max(first, Math.min(kernel.width, steps - left) * channels);
        Arrays.fill(patches, to, to + first, 0);
        for (int p = first; p < last; p++) {
            patches[to + p] = x[(line + left) * channels + p];
        }
        Arrays.fill(patches, to + last, to + kernel.width * channels, 0);
    }

    /** dx += dPatches (rows, patch), where {@link #gather} read it */
    void scatter(float[] dPatches, int[] lengths, int from, int rows, float[] dx) {
        int image = from / positions;
        int line = from / outWidth % outHeight;
        int column = from % outWidth;
        for (int row = 0; row < rows; row++) {
            int steps = lengths == null ? width : lengths[image];
            int top = line * stride.height - padding.height;
            int left = column * stride.width - padding.width;
            int first = Math.max(0, -left);
            int last = Math.min(kernel.width, steps - left);
            for (int ky = Math.max(0, -top); ky < Math.min(kernel.height, height - top) && first < last; ky++) {
                int at = ((image * height + top + ky) * width + left + first) * channels;
                int of = ((row * kernel.height + ky) * kernel.width + first) * channels;
                add(dPatches, of, dx, at, (last - first) * channels);
            }
            column++;
            if (column == outWidth) {
                column = 0;
                line = line + 1 == outHeight ? 0 : line + 1;
                image += line == 0 ? 1 : 0;
            }
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
