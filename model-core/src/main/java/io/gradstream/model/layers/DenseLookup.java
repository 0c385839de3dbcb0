package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.Parameter;

/** Rows of an ordinary dense parameter. */
final class DenseLookup extends Lookup {
    private final int weight;

    DenseLookup(Room room, LookupColumns columns, Parameter weight, Embedding.Combine combine) {
        super(room, columns, weight.shape().last(), combine);
        this.weight = weight.at();
    }

    /** out (batch, fields, dim) = weight[id]; or out (batch, dim) = the sum or mean over fields of weight[id] */
    @Override
    public void forward(Pass pass) {
        float[] dense = pass.dense();
        clear(pass.batch());
        for (int row = 0; row < pass.batch(); row++) {
            int count = count(row);
            for (int i = 0; i < count; i++) {
                int from = weight + tableRow(row, i) * dim;
                int to = row * width + i * pitch;
                if (pitch == 0) {
                    Kernels.add(dense, from, out.data(), to, dim);
                } else {
                    System.arraycopy(dense, from, out.data(), to, dim);
                }
            }
        }
        average(out.data(), pass.batch());
    }

    /** dWeight[id] += its part of dOut */
    @Override
    public void backward(Pass pass) {
        average(out.gradient(), pass.batch());
        for (int row = 0; row < pass.batch(); row++) {
            int count = count(row);
            for (int i = 0; i < count; i++) {
                int from = row * width + i * pitch;
                Kernels.add(out.gradient(), from, pass.gradients(), weight + tableRow(row, i) * dim, dim);
            }
        }
    }
}
