package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * What layers over sequences compute beside their matrix products: the gates of recurrent cells, and layer normalisation.
 *
 * <p>Conventions and choice of implementation as in {@link Kernels}. Matrices are contiguous, unless they come with the distance of
 * their rows.
 */
public final class SequenceKernels {
    private SequenceKernels() {}

    /**
     * One step of an LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). Gates (rows, 4 units) come as
     * what goes into i, f, g and o, and become i, f, o = sigmoid and g = tanh of it. Then, all (rows, units):
     * after = f before + i g; squashed = tanh(after); h = o squashed.
     */
    public static void lstm(
            int rows,
            int units,
            float[] gates,
            int gatesAt,
            float[] before,
            int beforeAt,
            float[] after,
            int afterAt,
            float[] squashed,
            int squashedAt,
            float[] h,
            int hAt) {
        if (VECTOR) {
            VectorLstm.lstm(
                    rows, units, gates, gatesAt, before, beforeAt, after, afterAt, squashed, squashedAt, h, hAt);
        } else {
            PlainLstm.lstm(rows, units, gates, gatesAt, before, beforeAt, after, afterAt, squashed, squashedAt, h, hAt);
        }
    }

    /**
     * From dh (rows, units), ldh apart, and the gradient of {@code after} in dCell (rows, units): the gates of {@link #lstm} become the
     * gradient of what went into them, and dCell becomes that of {@code before}.
     */
    public static void lstmBackward(
            int rows,
            int units,
            float[] gates,
            int gatesAt,
            float[] before,
            int beforeAt,
            float[] squashed,
            int squashedAt,
            float[] dh,
            int dhAt,
            int ldh,
            float[] dCell,
            int dCellAt) {
        if (VECTOR) {
            VectorLstm.lstmBackward(
                    rows, units, gates, gatesAt, before, beforeAt, squashed, squashedAt, dh, dhAt, ldh, dCell, dCellAt);
        } else {
            PlainLstm.lstmBackward(
                    rows, units, gates, gatesAt, before, beforeAt, squashed, squashedAt, dh, dhAt, ldh, dCell, dCellAt);
        }
    }

    /**
     * One step of a GRU (Cho et al. 2014, in the form that has its reset after the product). Gates (rows, 3 units) come as what the
     * inputs give to r, z and n, and recurrent (rows, 3 units) as what the state gives. They become r and z = sigmoid(gates +
     * recurrent), n = tanh(gates + r recurrent). Then after = (1 - z) n + z before, both (rows, units).
     */
    public static void gru(
            int rows,
            int units,
            float[] gates,
            int gatesAt,
            float[] recurrent,
            int recurrentAt,
            float[] before,
            int beforeAt,
            float[] after,
            int afterAt) {
        if (VECTOR) {
            VectorGru.gru(rows, units, gates, gatesAt, recurrent, recurrentAt, before, beforeAt, after, afterAt);
        } else {
            PlainGru.gru(rows, units, gates, gatesAt, recurrent, recurrentAt, before, beforeAt, after, afterAt);
        }
    }

    /**
     * From dh (rows, units), ldh apart, the gradient of {@code after}: gates and recurrent of {@link #gru} become the gradients of what
     * they came as, and dBefore (rows, units), ldb apart, takes z dh; what comes to it by way of recurrent is the caller's.
     */
    public static void gruBackward(
            int rows,
            int units,
            float[] gates,
            int gatesAt,
            float[] recurrent,
            int recurrentAt,
            float[] before,
            int beforeAt,
            float[] dh,
            int dhAt,
            int ldh,
            float[] dBefore,
            int dBeforeAt,
            int ldb) {
        if (VECTOR) {
            VectorGru.gruBackward(
                    rows,
                    units,
                    gates,
                    gatesAt,
                    recurrent,
                    recurrentAt,
                    before,
                    beforeAt,
                    dh,
                    dhAt,
                    ldh,
                    dBefore,
                    dBeforeAt,
                    ldb);
        } else {
            PlainGru.gruBackward(
                    rows,
                    units,
                    gates,
                    gatesAt,
                    recurrent,
                    recurrentAt,
                    before,
                    beforeAt,
                    dh,
                    dhAt,
                    ldh,
                    dBefore,
                    dBeforeAt,
                    ldb);
        }
    }

    /**
     * Layer normalisation (Ba et al. 2016) of each row of x (rows, columns): normal = (x - mean) inverse, with inverse (rows) =
     * 1 / √(variance + epsilon); y = weight normal + bias.
     */
    public static void layerNorm(
            int rows,
            int columns,
            float epsilon,
            float[] x,
            int xAt,
            float[] weight,
            int weightAt,
            float[] bias,
            int biasAt,
            float[] normal,
            int normalAt,
            float[] inverse,
            int inverseAt,
            float[] y,
            int yAt) {
        if (VECTOR) {
            VectorNorms.layerNorm(
                    rows, columns, epsilon, x, xAt, weight, weightAt, bias, biasAt, normal, normalAt, inverse,
                    inverseAt, y, yAt);
        } else {
            PlainNorms.layerNorm(
                    rows, columns, epsilon, x, xAt, weight, weightAt, bias, biasAt, normal, normalAt, inverse,
                    inverseAt, y, yAt);
        }
    }

    /**
     * With g = weight dy: dx = inverse (g - mean of g - normal mean of (g normal)), row by row; dWeight += the rows of dy normal, dBias
     * += the rows of dy, ascending. dx may be dy.
     */
    public static void layerNormBackward(
            int rows,
            int columns,
            float[] normal,
            int normalAt,
            float[] inverse,
            int inverseAt,
            float[] weight,
            int weightAt,
            float[] dy,
            int dyAt,
            float[] dWeight,
            int dWeightAt,
            float[] dBias,
            int dBiasAt,
            float[] dx,
            int dxAt) {
        if (VECTOR) {
            VectorNorms.layerNormBackward(
                    rows, columns, normal, normalAt, inverse, inverseAt, weight, weightAt, dy, dyAt, dWeight, dWeightAt,
                    dBias, dBiasAt, dx, dxAt);
        } else {
            PlainNorms.layerNormBackward(
                    rows, columns, normal, normalAt, inverse, inverseAt, weight, weightAt, dy, dyAt, dWeight, dWeightAt,
                    dBias, dBiasAt, dx, dxAt);
        }
    }
}
