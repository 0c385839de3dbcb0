package io.gradstream.model.kernels;

/** Layer normalisation in plain Java. */
final class PlainNorms {
    private PlainNorms() {}

    static void layerNorm(
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
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            int to = normalAt + row;
            PlainSoftmax.shift(PlainSums.sum(x, xAt + row, columns) / columns, x, xAt + row, normal, to, columns);
            float variance = PlainSums.sumOfSquares(normal, to, columns) / columns;
            float factor = 1f / PlainRows.root(variance + epsilon);
            inverse[inverseAt + i] = factor;
            scaleAndShift(factor, normal, to, weight, weightAt, bias, biasAt, y, yAt + row, columns);
        }
    }

    /** x *= factor; y = weight x + bias. */
    static void scaleAndShift(
            float factor,
            float[] x,
            int xAt,
            float[] weight,
            int weightAt,
            float[] bias,
            int biasAt,
            float[] y,
            int yAt,
            int n) {
        for (int j = 0; j < n; j++) {
            float v = x[xAt + j] * factor;
            x[xAt + j] = v;
            y[yAt + j] = Math.fma(weight[weightAt + j], v, bias[biasAt + j]);
        }
    }

    static void layerNormBackward(
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
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            int of = normalAt + row;
            int to = dxAt + row;
            scaled(normal, of, weight, weightAt, dy, dyAt + row, dWeight, dWeightAt, dBias, dBiasAt, dx, to, columns);
            float mean = PlainSums.sum(dx, to, columns) / columns;
            float slope = PlainSums.dot(dx, to, normal, of, columns) / columns;
            centred(inverse[inverseAt + i], mean, slope, normal, of, dx, to, columns);
        }
    }

    /** dWeight += dy normal; dBias += dy; dx = weight dy. */
    static void scaled(
            float[] normal,
            int normalAt,
            float[] weight,
            int weightAt,
            float[] dy,
            int dyAt,
            float[] dWeight,
            int dWeightAt,
            float[] dBias,
            int dBiasAt,
            float[] dx,
            int dxAt,
            int n) {
        for (int j = 0; j < n; j++) {
            float d = dy[dyAt + j];
            dWeight[dWeightAt + j] = Math.fma(d, normal[normalAt + j], dWeight[dWeightAt + j]);
            dBias[dBiasAt + j] += d;
            dx[dxAt + j] = weight[weightAt + j] * d;
        }
    }

    /** dx = factor (dx - mean - slope normal). */
    static void centred(
            float factor, float mean, float slope, float[] normal, int normalAt, float[] dx, int dxAt, int n) {
        for (int j = 0; j < n; j++) {
            dx[dxAt + j] = factor * Math.fma(-slope, normal[normalAt + j], dx[dxAt + j] - mean);
        }
    }
}
