package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.VectorFunctions.BLOCK;

import jdk.incubator.vector.FloatVector;

/**
 * Softmax and its logarithm over the rows of a matrix with vectors.
 *
 * <p>The exponentials are taken over several rows at once, so rows that are shorter than a vector cost no tails.
 */
final class VectorSoftmax {
    private VectorSoftmax() {}

    static void softmaxRows(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        int step = rowsAtOnce(columns);
        for (int i = 0; i < rows; i += step) {
            int at = i * columns;
            softmaxBlock(Math.min(step, rows - i), columns, x, xAt + at, y, yAt + at);
        }
    }

    private static void softmaxBlock(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        subtractMax(rows, columns, x, xAt, y, yAt);
        VectorFunctions.exp(y, yAt, y, yAt, rows * columns);
        for (int i = 0; i < rows; i++) {
            int at = yAt + i * columns;
            VectorArithmetic.scale(1f / VectorSums.sum(y, at, columns), y, at, columns);
        }
    }

    private static int rowsAtOnce(int columns) {
        return Math.max(1, BLOCK / Math.max(1, columns));
    }

    static void softmaxRowsBackward(
            int rows, int columns, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            float dot = VectorSums.dot(y, yAt + at, dy, dyAt + at, columns);
            softmaxSlope(dot, y, yAt + at, dy, dyAt + at, dx, dxAt + at, columns);
        }
    }

    private static void softmaxSlope(float dot, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector.fromArray(FLOATS, y, yAt + j)
                    .mul(FloatVector.fromArray(FLOATS, dy, dyAt + j).sub(dot))
                    .intoArray(dx, dxAt + j);
        }
        PlainSoftmax.softmaxSlope(dot, y, yAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    static void logSoftmaxRows(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        int step = rowsAtOnce(columns);
        float[] exps = Scratch.floats(Scratch.RESULT, Math.max(BLOCK, columns));
        for (int i = 0; i < rows; i += step) {
            int at = i * columns;
            logSoftmaxBlock(Math.min(step, rows - i), columns, x, xAt + at, y, yAt + at, exps);
        }
    }

    private static void logSoftmaxBlock(int rows, int columns, float[] x, int xAt, float[] y, int yAt, float[] exps) {
        subtractMax(rows, columns, x, xAt, y, yAt);
        VectorFunctions.exp(y, yAt, exps, 0, rows * columns);
        for (int i = 0; i < rows; i++) {
            int at = yAt + i * columns;
            shift(PlainFunctions.log(VectorSums.sum(exps, i * columns, columns)), y, at, y, at, columns);
        }
    }

    static void logSoftmaxRowsBackward(
            int rows, int columns, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            float sum = VectorSums.sum(dy, dyAt + at, columns);
            logSoftmaxSlope(sum, y, yAt + at, dy, dyAt + at, dx, dxAt + at, columns);
        }
    }

    private static void logSoftmaxSlope(
            float sum, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        int end = FLOATS.loopBound(n);
        float[] exps = VectorFunctions.blocks();
        for (int j = 0; j < end; j += BLOCK) {
            int length = Math.min(BLOCK, end - j);
            VectorFunctions.wholeExp(y, yAt + j, exps, 0, length);
            subtractShare(sum, exps, dy, dyAt + j, dx, dxAt + j, length);
        }
        PlainSoftmax.logSoftmaxSlope(sum, y, yAt + end, dy, dyAt + end, dx, dxAt + end, n - end);
    }

    /** dx = dy - sum exps */
    private static void subtractShare(float sum, float[] exps, float[] dy, int dyAt, float[] dx, int dxAt, int end) {
        FloatVector factor = FloatVector.broadcast(FLOATS, -sum);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector.fromArray(FLOATS, exps, j)
                    .fma(factor, FloatVector.fromArray(FLOATS, dy, dyAt + j))
                    .intoArray(dx, dxAt + j);
        }
    }

    private static void subtractMax(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            shift(VectorArithmetic.max(x, xAt + at, columns), x, xAt + at, y, yAt + at, columns);
        }
    }

    static void shift(float by, float[] x, int xAt, float[] y, int yAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + j).sub(by).intoArray(y, yAt + j);
        }
        PlainSoftmax.shift(by, x, xAt + end, y, yAt + end, n - end);
    }
}
