package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import java.util.Arrays;

/** The largest number, or the mean, of the windows of an image, channel by channel. */
final class Pooling implements Layer {
    private final Window window;
    private final boolean largest;
    private final float part;
    private final Input in;
    private final Value out;

    private Pooling(Window window, boolean largest, Room room) {
        this.window = window;
        this.largest = largest;
        this.part = 1f / (window.kernel.height() * window.kernel.width());
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
        Arrays.fill(
                out.data(),
                0,
                pass.batch() * window.positions * window.channels,
                largest ? Float.NEGATIVE_INFINITY : 0);
        int to = 0;
        for (int image = 0; image < pass.batch(); image++) {
            for (int y = 0; y < window.outHeight; y++) {
                for (int x = 0; x < window.outWidth; x++) {
                    forward(start(image, y, x), to);
                    to += window.channels;
                }
            }
        }
    }

    /** dIn += dOut where the largest number was found first; or dOut / window size everywhere */
    @Override
    public void backward(Pass pass) {
        float[] dIn = in.gradient(pass.batch());
        int from = 0;
        for (int image = 0; image < pass.batch(); image++) {
            for (int y = 0; y < window.outHeight; y++) {
                for (int x = 0; x < window.outWidth; x++) {
                    backward(from, dIn, start(image, y, x));
                    from += window.channels;
                }
            }
        }
    }

    /** Where a window starts in the input. */
    private int start(int image, int y, int x) {
        int line = image * window.height + y * window.stride.height();
        return (line * window.width + x * window.stride.width()) * window.channels;
    }

    private void forward(int from, int to) {
        for (int ky = 0; ky < window.kernel.height(); ky++) {
            for (int kx = 0; kx < window.kernel.width(); kx++) {
                int at = from + (ky * window.width + kx) * window.channels;
                if (largest) {
                    Kernels.maxElements(in.data(), at, out.data(), to, window.channels);
                } else {
                    Kernels.axpy(part, in.data(), at, out.data(), to, window.channels);
                }
            }
        }
    }

    private void backward(int from, float[] dIn, int to) {
        float[] dOut = out.gradient();
        for (int ky = 0; ky < window.kernel.height(); ky++) {
            for (int kx = 0; kx < window.kernel.width(); kx++) {
                int at = to + (ky * window.width + kx) * window.channels;
                if (largest) {
                    Kernels.moveWhereEqual(in.data(), at, out.data(), from, dOut, from, dIn, at, window.channels);
                } else {
                    Kernels.axpy(part, dOut, from, dIn, at, window.channels);
                }
            }
        }
    }
}
