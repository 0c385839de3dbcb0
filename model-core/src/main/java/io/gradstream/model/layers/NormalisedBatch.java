package io.gradstream.model.layers;

import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Statistic;
import java.util.Arrays;

/** Batch normalisation, see {@link BatchNorm}. Sums over the batch are in double precision, rows ascending. */
final class NormalisedBatch implements Layer {
    private final double momentum;
    private final double epsilon;
    private final int weight;
    private final int bias;
    private final int mean;
    private final int variance;
    private final int width;
    private final int vectors;
    private final Input in;
    private final Value out;
    private final double[] sums;
    private final double[] products;
    private final float[] center;
    private final float[] inverse;
    private final float[] scale;
    private int count;

    NormalisedBatch(BatchNorm spec, Parameter weight, Parameter bias, Statistic mean, Statistic variance, Room room) {
        this.momentum = spec.momentum();
        this.epsilon = spec.epsilon();
        this.weight = weight.at();
        this.bias = bias.at();
        this.mean = mean.at();
        this.variance = variance.at();
        this.in = room.inputs().get(0);
        this.out = room.output();
        this.width = in.shape().last();
        this.vectors = in.shape().vectors();
        this.sums = room.doubles(width);
        this.products = room.doubles(width);
        this.center = room.floats(width);
        this.inverse = room.floats(width);
        this.scale = room.floats(width);
    }

    /** out (vectors, width) = weight (in - mean) / √(variance + epsilon) + bias */
    @Override
    public void forward(Pass pass) {
        count = 0;
        for (int row = 0; pass.learning() && row < pass.batch(); row++) {
            count += present(row);
        }
        if (count > 0) {
            observe(pass);
        } else {
            double[] running = pass.weights().statistics();
            System.arraycopy(running, mean, sums, 0, width);
            System.arraycopy(running, variance, products, 0, width);
        }
        for (int c = 0; c < width; c++) {
            center[c] = (float) sums[c];
            inverse[c] = (float) (1 / Math.sqrt(products[c] + epsilon));
            scale[c] = inverse[c] * pass.dense()[weight + c];
        }
        for (int vector = 0; vector < pass.batch() * vectors; vector++) {
            normalise(in.data(), vector * width, pass.dense(), out.data());
        }
    }

    private void normalise(float[] x, int at, float[] dense, float[] y) {
        for (int c = 0; c < width; c++) {
            y[at + c] = Math.fma(x[at + c] - center[c], scale[c], dense[bias + c]);
        }
    }

    /** How many vectors of a row are no padding. */
    private int present(int row) {
        return in.lengths() == null
                ? vectors
                : in.lengths()[row] * (vectors / in.shape().dim(0));
    }

    /** sums = the mean, products = the variance of the batch; both also go into the running ones */
    private void observe(Pass pass) {
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
        for (int row = 0; row < pass.batch(); row++) {
            int from = row * vectors;
            for (int vector = from; vector < from + present(row); vector++) {
                add(in.data(), vector * width);
            }
        }
        divide(sums, count);
        for (int row = 0; row < pass.batch(); row++) {
            int from = row * vectors;
            for (int vector = from; vector < from + present(row); vector++) {
                addSquares(in.data(), vector * width);
            }
        }
        divide(products, count);
        double[] running = pass.weights().statistics();
        for (int c = 0; c < width; c++) {
            running[mean + c] += momentum * (sums[c] - running[mean + c]);
            if (count > 1) {
                double unbiased = products[c] * count / (count - 1);
                running[variance + c] += momentum * (unbiased - running[variance + c]);
            }
        }
        pass.weights().statisticsChanged();
    }

    private void add(float[] x, int at) {
        for (int c = 0; c < width; c++) {
            sums[c] += x[at + c];
        }
    }

    private void addSquares(float[] x, int at) {
        for (int c = 0; c < width; c++) {
            double off = x[at + c] - sums[c];
            products[c] += off * off;
        }
    }

    private static void divide(double[] x, int by) {
        for (int c = 0; c < x.length; c++) {
            x[c] /= by;
        }
    }

    /**
     * With n = (in - mean) / √(variance + epsilon): dWeight += sum of dOut n; dBias += sum of dOut; dIn += weight / √(variance + epsilon)
     * (dOut - mean of dOut - n mean of (dOut n))
     */
    @Override
    public void backward(Pass pass) {
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
        for (int row = 0; row < pass.batch(); row++) {
            int from = row * vectors;
            for (int vector = from; vector < from + present(row); vector++) {
                addSlopes(in.data(), vector * width, out.gradient());
            }
        }
        for (int c = 0; c < width; c++) {
            pass.gradients()[weight + c] += (float) products[c];
            pass.gradients()[bias + c] += (float) sums[c];
        }
        if (in.wantsGradient()) {
            addToInput(pass.batch(), in.gradient(pass.batch()));
        }
    }

    private void addSlopes(float[] x, int at, float[] dy) {
        for (int c = 0; c < width; c++) {
            float normal = (x[at + c] - center[c]) * inverse[c];
            sums[c] += dy[at + c];
            products[c] += (double) dy[at + c] * normal;
        }
    }

    private void addToInput(int batch, float[] dx) {
        divide(sums, Math.max(1, count));
        divide(products, Math.max(1, count));
        for (int row = 0; row < batch; row++) {
            int from = row * vectors;
            for (int vector = from; vector < from + present(row); vector++) {
                addToInput(in.data(), vector * width, out.gradient(), dx);
            }
        }
    }

    private void addToInput(float[] x, int at, float[] dy, float[] dx) {
        for (int c = 0; c < width; c++) {
            float normal = (x[at + c] - center[c]) * inverse[c];
            float slope = (float) (dy[at + c] - sums[c] - normal * products[c]);
            dx[at + c] = Math.fma(scale[c], slope, dx[at + c]);
        }
    }
}
