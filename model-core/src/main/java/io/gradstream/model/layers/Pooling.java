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
        this.part = 1f / (window.kernelHeight() * window.kernelWidth());
        this.in = room.inputs().get(0);
        this.out = room.output();
    }

    /** A layer that takes the largest number of each window. */
    static Declared max(Site site, int size, int stride) {
        Window window = Window.overImage(site, size, size, stride, 0);
        return site.output(window.outShape(), room -> new Pooling(window, true, room))
                .readingItsOutput();
    }

    /** A layer that takes the mean of each window. */
    static Declared mean(Site site, int size, int stride) {
        Window window = Window.overImage(site, size, size, stride, 0);
        return site.output(window.outShape(), room -> new Pooling(window, false, room));
    }

    /** out (images, height', width', channels) = the largest or mean of in (images, height, width, channels), window by window */
    @Override
    public void forward(Pass pass) {
        int channels = window.channels();
        float[] x = in.data();
        float[] y = out.data();
        int positions = pass.batch() * window.positions();
        for (int position = 0; position < positions; position++) {
            int from = window.start(position);
            int to = position * channels;
            Arrays.fill(y, to, to + channels, largest ? Float.NEGATIVE_INFINITY : 0);
            for (int ky = 0; ky < window.kernelHeight(); ky++) {
                for (int kx = 0; kx < window.kernelWidth(); kx++) {
                    int at = from + (ky * window.width() + kx) * channels;
                    if (largest) {
                        Kernels.maxElements(x, at, y, to, channels);
                    } else {
                        Kernels.axpy(part, x, at, y, to, channels);
                    }
                }
            }
        }
    }

    /** dIn += dOut where the largest number was found first; or dOut / window size everywhere */
    @Override
    public void backward(Pass pass) {
        int channels = window.channels();
        float[] dx = in.gradient(pass.batch());
        float[] dy = out.gradient();
        int positions = pass.batch() * window.positions();
        for (int position = 0; position < positions; position++) {
            int to = window.start(position);
            int from = position * channels;
            for (int ky = 0; ky < window.kernelHeight(); ky++) {
                for (int kx = 0; kx < window.kernelWidth(); kx++) {
                    int at = to + (ky * window.width() + kx) * channels;
                    if (largest) {
                        Kernels.moveWhereEqual(in.data(), at, out.data(), from, dy, from, dx, at, channels);
                    } else {
                        Kernels.axpy(part, dy, from, dx, at, channels);
                    }
                }
            }
        }
    }
}
