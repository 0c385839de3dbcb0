package io.gradstream.model.kernels;

/** Softmax and its logarithm over the rows of a matrix in plain Java. */
final class PlainSoftmax {
    private PlainSoftmax() {}

    static void softmaxRows(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        subtractMax(rows, columns, x, xAt, y, yAt);
        PlainFunctions.exp(y, yAt, y, yAt, rows * columns);
        for (int i = 0; i < rows; i++) {
            int at = yAt + i * columns;
            PlainArithmetic.scale(1f / PlainSums.sum(y, at, columns), y, at, columns);
        }
    }

    static void softmaxRowsBackward(
            int rows, int columns, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            float dot = PlainSums.dot(y, yAt + at, dy, dyAt + at, columns);
            softmaxSlope(dot, y, yAt + at, dy, dyAt + at, dx, dxAt + at, columns);
        }
    }

    /** dx = y (dy - dot). */
    static void softmaxSlope(float dot, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int j = 0; j < n; j++) {
            dx[dxAt + j] = y[yAt + j] * (dy[dyAt + j] - dot);
        }
    }

    static void logSoftmaxRows(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        float[] exps = Scratch.floats(Scratch.RESULT, columns);
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            subtractMax(1, columns, x, xAt + at, y, yAt + at);
            PlainFunctions.exp(y, yAt + at, exps, 0, columns);
            shift(PlainFunctions.log(PlainSums.sum(exps, 0, columns)), y, yAt + at, y, yAt + at, columns);
        }
    }

    static void logSoftmaxRowsBackward(
            int rows, int columns, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt) {
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            float sum = PlainSums.sum(dy, dyAt + at, columns);
            logSoftmaxSlope(sum, y, yAt + at, dy, dyAt + at, dx, dxAt + at, columns);
        }
    }

    /** dx = dy - sum exp(y). */
    static void logSoftmaxSlope(float sum, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        for (int j = 0; j < n; j++) {
            dx[dxAt + j] = Math.fma(-sum, PlainFunctions.exp(y[yAt + j]), dy[dyAt + j]);
        }
    }

    /** y = x - the largest of its row, so that no exp overflows. */
    static void subtractMax(int rows, int columns, float[] x, int xAt, float[] y, int yAt) {
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            shift(PlainArithmetic.max(x, xAt + at, columns), x, xAt + at, y, yAt + at, columns);
        }
    }

    /** y = x - by. */
    static void shift(float by, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] = x[xAt + j] - by;
        }
    }
}
