package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** Layer normalisation with vectors. */
final class VectorNorms {
    private VectorNorms() {}

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
            VectorSoftmax.shift(VectorSums.sum(x, xAt + row, columns) / columns, x, xAt + row, normal, to, columns);
            float variance = VectorSums.sumOfSquares(normal, to, columns) / columns;
            float factor = 1f / PlainRows.root(variance + epsilon);
            inverse[inverseAt + i] = factor;
            scaleAndShift(factor, normal, to, weight, weightAt, bias, biasAt, y, yAt + row, columns);
        }
    }

    private static void scaleAndShift(
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
        int end = FLOATS.loopBound(n);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + j).mul(factor);
            v.intoArray(x, xAt + j);
            FloatVector.fromArray(FLOATS, weight, weightAt + j)
                    .fma(v, FloatVector.fromArray(FLOATS, bias, biasAt + j))
                    .intoArray(y, yAt + j);
        }
        PlainNorms.scaleAndShift(
                factor, x, xAt + end, weight, weightAt + end, bias, biasAt + end, y, yAt + end, n - end);
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
            float mean = VectorSums.sum(dx, to, columns) / columns;
            float slope = VectorSums.dot(dx, to, normal, of, columns) / columns;
            centred(inverse[inverseAt + i], mean, slope, normal, of, dx, to, columns);
        }
    }

    private static void scaled(
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
        int end = FLOATS.loopBound(n);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyAt + j);
            d.fma(
                            FloatVector.fromArray(FLOATS, normal, normalAt + j),
                            FloatVector.fromArray(FLOATS, dWeight, dWeightAt + j))
                    .intoArray(dWeight, dWeightAt + j);
            FloatVector.fromArray(FLOATS, dBias, dBiasAt + j).add(d).intoArray(dBias, dBiasAt + j);
            FloatVector.fromArray(FLOATS, weight, weightAt + j).mul(d).intoArray(dx, dxAt + j);
        }
        PlainNorms.scaled(
                normal,
                normalAt + end,
                weight,
                weightAt + end,
                dy,
                dyAt + end,
                dWeight,
                dWeightAt + end,
                dBias,
                dBiasAt + end,
                dx,
                dxAt + end,
                n - end);
    }

    private static void centred(
            float factor, float mean, float slope, float[] normal, int normalAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        FloatVector less = FloatVector.broadcast(FLOATS, -slope);
        for (int j = 0; j < end; j += LENGTH) {
            less.fma(
                            FloatVector.fromArray(FLOATS, normal, normalAt + j),
                            FloatVector.fromArray(FLOATS, dx, dxAt + j).sub(mean))
                    .mul(factor)
                    .intoArray(dx, dxAt + j);
        }
        PlainNorms.centred(factor, mean, slope, normal, normalAt + end, dx, dxAt + end, n - end);
    }
}
