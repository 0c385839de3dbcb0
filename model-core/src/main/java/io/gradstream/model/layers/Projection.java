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
        int batch = pass.batch() * vectors;
        float[] gradients = pass.gradients();
        Kernels.multiplyTransposedA(inputs, outputs, batch, x, 0, inputs, dy, 0, outputs, gradients, weight, columns);
        RowKernels.columnSums(batch, outputs, dy, 0, outputs, gradients, bias);
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
