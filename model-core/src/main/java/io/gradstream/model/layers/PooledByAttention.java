package io.gradstream.model.layers;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.Parameter;
import java.util.Arrays;

/** The steps of a row, weighted by softmax(x q / √width). */
final class PooledByAttention implements Layer {
    private final Input in;
    private final Input query;
    private final Value out;
    private final int steps;
    private final int width;
    private final int learned;
    private final float scale;
    private final float[] weights;
    private final float[] dWeights;

    /** With a learned query, or, where that is null, one of each row. */
    PooledByAttention(Parameter learned, Room room) {
        this.in = room.inputs().get(0);
        this.query = learned == null ? room.inputs().get(1) : null;
        this.out = room.output();
        this.steps = in.shape().dim(0);
        this.width = in.shape().last();
        this.learned = learned == null ? -1 : learned.at();
        this.scale = (float) (1 / Math.sqrt(width));
        this.weights = room.perRow(steps);
        this.dWeights = room.learns() ? room.floats(steps) : null;
    }

    private int length(int row) {
        return in.lengths() == null ? steps : in.lengths()[row];
    }

    private float[] queries(Pass pass) {
        return query == null ? pass.dense() : query.data();
    }

    private int queryAt(int row) {
        return query == null ? learned : row * width;
    }

    /** out (batch, width) = softmax(in . q / √width) (batch, steps) . in (batch, steps, width) */
    @Override
    public void forward(Pass pass) {
        Arrays.fill(out.data(), 0, pass.batch() * width, 0);
        for (int row = 0; row < pass.batch(); row++) {
            int length = length(row);
            int at = row * steps * width;
            int of = row * steps;
            for (int step = 0; step < length; step++) {
                float dot = Kernels.dot(in.data(), at + step * width, queries(pass), queryAt(row), width);
                weights[of + step] = scale * dot;
            }
            if (length > 0) {
                ActivationKernels.softmaxRows(1, length, weights, of, weights, of);
            }
            for (int step = 0; step < length; step++) {
                Kernels.axpy(weights[of + step], in.data(), at + step * width, out.data(), row * width, width);
            }
        }
    }

    /** With w = the weights, dw = in . dOut and ds = softmax's gradient: dIn += w dOut + ds q / √width; dq += ds in / √width */
    @Override
    public void backward(Pass pass) {
        float[] dIn = in.wantsGradient() ? in.gradient(pass.batch()) : null;
        float[] dQuery = pass.gradients();
        if (query != null) {
            dQuery = query.wantsGradient() ? query.gradient(pass.batch()) : null;
        }
        for (int row = 0; row < pass.batch(); row++) {
            int length = length(row);
            if (length > 0) {
                scoreGradients(row, length);
            }
            for (int step = 0; step < length; step++) {
                int at = (row * steps + step) * width;
                float d = scale * dWeights[step];
                if (dQuery != null) {
                    Kernels.axpy(d, in.data(), at, dQuery, queryAt(row), width);
                }
                if (dIn != null) {
                    Kernels.axpy(weights[row * steps + step], out.gradient(), row * width, dIn, at, width);
                    Kernels.axpy(d, queries(pass), queryAt(row), dIn, at, width);
                }
            }
        }
    }

    private void scoreGradients(int row, int length) {
        int at = row * steps * width;
        for (int step = 0; step < length; step++) {
            dWeights[step] = Kernels.dot(in.data(), at + step * width, out.gradient(), row * width, width);
        }
        ActivationKernels.softmaxRowsBackward(1, length, weights, row * steps, dWeights, 0, dWeights, 0);
    }
}
