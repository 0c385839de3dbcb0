package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.PoolKernels;
import java.util.Arrays;

/** The largest number, or the mean, of the windows of an image, channel by channel. */
final class Pooling implements Layer {
    private final Window window;
    private final boolean largest;
    private final float part;
    /** Floats from a line of the input to the next, and from a window to the next one beside it. */
    private final int line;

    private final int step;
    /** Whether each float of the input belongs to one window. */
    private final boolean covers;

    private final Input in;
    private final Value out;

    private Pooling(Window window, boolean largest, Room room) {
        this.window = window;
        this.largest = largest;
        this.part = 1f / (window.kernel.height() * window.kernel.width());
        this.line = window.width * window.channels;
        this.step = window.stride.width() * window.channels;
        this.covers = window.covers();
        this.in = room.inputs().get(0);
        this.out = room.output();
    }

    /** A layer that takes the largest number of each window. */
    static Declared max(Site site, int size, int stride) {
        Window window = Window.overImage(site, size, size, stride, 0);
        return site.output(window.outShape(window.channels), room -> new Pooling(window, true, room))
                .readingItsOutput();
    }

    /** A layer that takes the mean of each window. */
    static Declared mean(Site site, int size, int stride) {
        Window window = Window.overImage(site, size, size, stride, 0);
        return site.output(window.outShape(window.channels), room -> new Pooling(window, false, room));
    }

    /** out (images, height', width', channels) = the largest or mean of in (images, height, width, channels), window by window */
    @Override
    public void forward(Pass pass) {
        if (!largest) {
            Arrays.fill(out.data(), 0, pass.batch() * window.positions * window.channels, 0);
        }
        for (int image = 0; image < pass.batch(); image++) {
            for (int y = 0; y < window.outHeight; y++) {
                int from = inLine(image, y);
                int to = outLine(image, y);
                if (largest) {
                    largest(from, to);
                } else {
                    mean(from, to);
                }
            }
        }
    }

    /** dIn += dOut where the largest number was found first; or dOut / window size everywhere */
    @Override
    public void backward(Pass pass) {
        boolean add = !largest || !covers || !in.first();
        float[] dIn = add ? in.gradient(pass.batch()) : in.rawGradient();
        for (int image = 0; image < pass.batch(); image++) {
            for (int y = 0; y < window.outHeight; y++) {
                int from = outLine(image, y);
                int to = inLine(image, y);
                if (largest) {
                    largestBackward(from, dIn, to, add);
                } else {
                    meanBackward(from, dIn, to);
                }
            }
        }
    }

    /** Where the windows of a line of the output start in the input. */
    private int inLine(int image, int y) {
        return (image * window.height + y * window.stride.height()) * line;
    }

    private int outLine(int image, int y) {
        return (image * window.outHeight + y) * window.outWidth * window.channels;
    }

    private void largest(int from, int to) {
        PoolKernels.largest(
                window.outWidth,
                window.channels,
                window.kernel.height(),
                window.kernel.width(),
                line,
                step,
                in.data(),
                from,
                out.data(),
                to);
    }

    private void largestBackward(int from, float[] dIn, int to, boolean add) {
        PoolKernels.largestBackward(
                window.outWidth,
                window.channels,
                window.kernel.height(),
                window.kernel.width(),
                line,
                step,
                in.data(),
                to,
                out.data(),
                from,
                out.gradient(),
                from,
                dIn,
                to,
                add);
    }

    private void mean(int from, int to) {
        for (int x = 0; x < window.outWidth; x++) {
            for (int ky = 0; ky < window.kernel.height(); ky++) {
                for (int kx = 0; kx < window.kernel.width(); kx++) {
                    int at = from + x * step + ky * line + kx * window.channels;
                    Kernels.axpy(part, in.data(), at, out.data(), to + x * window.channels, window.channels);
                }
            }
        }
    }

    private void meanBackward(int from, float[] dIn, int to) {
        for (int x = 0; x < window.outWidth; x++) {
            for (int ky = 0; ky < window.kernel.height(); ky++) {
                for (int kx = 0; kx < window.kernel.width(); kx++) {
                    int at = to + x * step + ky * line + kx * window.channels;
                    Kernels.axpy(part, out.gradient(), from + x * window.channels, dIn, at, window.channels);
                }
            }
        }
    }
}
