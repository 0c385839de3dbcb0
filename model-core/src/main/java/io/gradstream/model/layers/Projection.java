package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.RowKernels;

/**
 * Vectors times a block of columns of a weight matrix, plus the same of a bias.
 *
 * @param vectors of a row
 * @param inputs length of what it reads
 * @param outputs columns of the block
 * @param weight where the block starts
 * @param columns of the whole matrix
 * @param bias where the block's biases start
 */
record Projection(int vectors, int inputs, int outputs, int weight, int columns, int bias) {
    /** y (batch, outputs) = bias (outputs) + x (batch, inputs) . weight (inputs, outputs) */
    void forward(Pass pass, float[] x, float[] y) {
        int batch = pass.batch() * vectors;
        float[] dense = pass.dense();
        RowKernels.copyRow(batch, outputs, dense, bias, y, 0, outputs);
        Kernels.multiply(batch, outputs, inputs, x, 0, inputs, dense, weight, columns, y, 0, outputs);
    }

    /** dWeight += xT . dy; dBias += column sums of dy */
    void addGradients(Pass pass, float[] x, float[] dy) {
        addWeightGradient(pass, x, dy);
        addBiasGradient(pass, dy, 0, outputs);
    }

    /** dWeight (inputs, outputs) += xT . dy */
    void addWeightGradient(Pass pass, float[] x, float[] dy) {
        int batch = pass.batch() * vectors;
        Kernels.multiplyTransposedA(
                inputs, outputs, batch, x, 0, inputs, dy, 0, outputs, pass.gradients(), weight, columns);
    }

    /** dBias += column sums of dy, of the {@code count} columns from {@code first} on */
    void addBiasGradient(Pass pass, float[] dy, int first, int count) {
        int batch = pass.batch() * vectors;
        RowKernels.columnSums(batch, count, dy, first, outputs, pass.gradients(), bias + first);
    }

    /** dx += dy . weightT */
    void addInputGradient(Pass pass, float[] dy, float[] dx) {
        int batch = pass.batch() * vectors;
        Kernels.multiplyTransposedB(
                batch, inputs, outputs, dy, 0, outputs, pass.dense(), weight, columns, dx, 0, inputs);
    }

    /** As {@link #addInputGradient}, from 0. */
    void inputGradient(Pass pass, float[] dy, float[] dx) {
        Kernels.fill(0, dx, 0, pass.batch() * vectors * inputs);
        addInputGradient(pass, dy, dx);
    }
}
