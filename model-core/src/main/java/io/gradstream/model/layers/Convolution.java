package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.RightFactor;
import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.parameters.Parameter;

/**
 * A convolution over images or sequences as products of matrices: what some positions of the output read is copied to the rows of a
 * buffer that stays in a second-level cache, and multiplied by the weights (Chellapilla et al. 2006). Positions follow each other over the
 * images of a batch, and each element takes its terms in the same order, so how many there are in a part changes no bit. (It does to the
 * weights of a single channel over {@link ShortPatches}, whose parts are of the same size on every machine.)
 */
final class Convolution implements Layer {
    /** Floats of a part, read and written: 256 KiB. */
    private static final int PART = 1 << 16;

    private final Window window;
    private final int patch;
    private final int channels;
    private final int weight;
    private final int bias;
    private final int rows;
    private final Input in;
    private final Value out;
    /** How the patches are multiplied where they are short; null where not. */
    private final ShortPatches shorts;

    private final float[] patches;
    /** The weights as a forward pass multiplies by them, null where patches are short, and as a backward pass does. */
    private final RightFactor filters;

    private final RightFactor filtersBack;

    Convolution(Window window, Parameter weight, Parameter bias, Room room) {
        this.window = window;
        this.patch = window.patch;
        this.channels = weight.size() / patch;
        this.weight = weight.at();
        this.bias = bias == null ? -1 : bias.at();
        this.in = room.inputs().get(0);
        this.out = room.output();
        long all = (long) window.positions * room.capacity();
        boolean few = ShortPatches.pay(window);
        this.rows = (int) Math.min(all, few ? ShortPatches.ROWS : Math.max(16, PART / (patch + channels)));
        this.shorts = few ? new ShortPatches(window, channels, this.weight, room) : null;
        this.patches = room.floats((long) rows * patch);
        this.filters = few ? null : new RightFactor(channels, patch, room.floats(RightFactor.length(channels, patch)));
        this.filtersBack = room.learns()
                ? new RightFactor(patch, channels, room.floats(RightFactor.length(patch, channels)))
                : null;
    }

    /** out (positions, channels) = bias (channels) + patches (positions, patch) . weight (channels, patch)T */
    @Override
    public void forward(Pass pass) {
        int positions = pass.batch() * window.positions;
        if (shorts != null) {
            shorts.readWeights(pass.dense());
        } else {
            filters.setTransposed(Math.min(rows, positions), pass.dense(), weight, patch);
        }
        for (int from = 0; from < positions; from += rows) {
            int count = Math.min(rows, positions - from);
            fillWithBias(pass, from, count);
            if (shorts != null) {
                shorts.multiply(in.data(), in.lengths(), from, count, out.data());
            } else {
                window.gather(in.data(), in.lengths(), from, count, patches);
                filters.multiply(count, patches, 0, patch, out.data(), from * channels, channels);
            }
        }
        if (in.lengths() != null) {
            for (int row = 0; row < pass.batch(); row++) {
                out.lengths()[row] = window.outSteps(in.lengths()[row]);
            }
        }
    }

    private void fillWithBias(Pass pass, int from, int count) {
        if (bias < 0) {
            Kernels.fill(0, out.data(), from * channels, count * channels);
        } else {
            RowKernels.copyRow(count, channels, pass.dense(), bias, out.data(), from * channels, channels);
        }
    }

    /** dBias += column sums of dOut; dWeight += dOutT . patches; dPatches = dOut . weight; dIn += dPatches, each where it was read */
    @Override
    public void backward(Pass pass) {
        int positions = pass.batch() * window.positions;
        if (shorts != null) {
            shorts.readGradient(pass.gradients());
        }
        // The sum of a single column has an order of its own.
        if (bias >= 0 && channels == 1) {
            RowKernels.columnSums(positions, channels, out.gradient(), 0, channels, pass.gradients(), bias);
        }
        float[] dIn = in.wantsGradient() ? in.gradient(pass.batch()) : null;
        if (dIn != null) {
            filtersBack.set(Math.min(rows, positions), pass.dense(), weight, patch);
        }
        for (int from = 0; from < positions; from += rows) {
            int count = Math.min(rows, positions - from);
            if (bias >= 0 && channels > 1) {
                int at = from * channels;
                RowKernels.columnSums(count, channels, out.gradient(), at, channels, pass.gradients(), bias);
            }
            addToWeights(from, count, pass.gradients());
            if (dIn != null) {
                addToInput(from, count, dIn);
            }
        }
        if (shorts != null) {
            shorts.writeGradient(pass.gradients());
        }
    }

    private void addToWeights(int from, int count, float[] gradients) {
        float[] dOut = out.gradient();
        if (shorts != null) {
            shorts.addToWeights(in.data(), in.lengths(), from, count, dOut);
            return;
        }
        window.gather(in.data(), in.lengths(), from, count, patches);
        Kernels.multiplyTransposedA(
                channels, patch, count, dOut, from * channels, channels, patches, 0, patch, gradients, weight, patch);
    }

    private void addToInput(int from, int count, float[] dIn) {
        Kernels.fill(0, patches, 0, count * patch);
        filtersBack.multiply(count, out.gradient(), from * channels, channels, patches, 0, patch);
        window.scatter(patches, in.lengths(), from, count, dIn);
    }
}
