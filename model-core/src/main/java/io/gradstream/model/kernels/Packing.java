package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Moves parts of a matrix to where a tile can read them in order. Nothing is computed here. */
final class Packing {
    /** Columns of a packed block of B: those of the tiles. */
    static final int WIDTH = 2 * LENGTH;

    private Packing() {}

    /** Panels of {@code height} rows of A, an even number, one after the other, each with its rows side by side; a short last panel repeats its last row. */
    static void rows(int height, int m, int k, float[] a, int aAt, int aRow, int aStep, float[] left) {
        for (int i = 0; i < m; i += height) {
            int last = Math.min(height, m - i) - 1;
            for (int r = 0; r < height; r += 2) {
                int row0 = aAt + (i + Math.min(r, last)) * aRow;
                int row1 = aAt + (i + Math.min(r + 1, last)) * aRow;
                if (aStep == 1) {
                    twoRows(height, k, a, row0, row1, left, i * k + r);
                } else {
                    twoRows(height, k, a, row0, row1, aStep, left, i * k + r);
                }
            }
        }
    }

    private static void twoRows(int height, int k, float[] a, int row0, int row1, float[] left, int at) {
        for (int p = 0; p < k; p++) {
            left[at + p * height] = a[row0 + p];
            left[at + p * height + 1] = a[row1 + p];
        }
    }

    private static void twoRows(int height, int k, float[] a, int row0, int row1, int step, float[] left, int at) {
        for (int p = 0; p < k; p++) {
            left[at + p * height] = a[row0 + p * step];
            left[at + p * height + 1] = a[row1 + p * step];
        }
    }

    /** {@code width} columns of B, at least one vector, with WIDTH between the starts of their rows. */
    static void columns(int width, int k, float[] b, int bAt, int ldb, float[] right) {
        int second = width - LENGTH;
        for (int p = 0; p < k; p++) {
            FloatVector.fromArray(FLOATS, b, bAt + p * ldb).intoArray(right, p * WIDTH);
            FloatVector.fromArray(FLOATS, b, bAt + p * ldb + second).intoArray(right, p * WIDTH + second);
        }
    }

    /** y (columns, rows) = x (rows, columns) transposed, read a few rows at a time, so that both sides stay in the cache. */
    static void transpose(int rows, int columns, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            int x0 = xAt + i * ldx;
            int x1 = x0 + ldx;
            int x2 = x1 + ldx;
            int x3 = x2 + ldx;
            int to = yAt + i;
            for (int j = 0; j < columns; j++) {
                y[to] = x[x0 + j];
                y[to + 1] = x[x1 + j];
                y[to + 2] = x[x2 + j];
                y[to + 3] = x[x3 + j];
                to += ldy;
            }
        }
        for (; i < rows; i++) {
            int from = xAt + i * ldx;
            int to = yAt + i;
            for (int j = 0; j < columns; j++) {
                y[to] = x[from + j];
                to += ldy;
            }
        }
    }

    /** Fills the columns from {@code columns} to {@code width} of y (rows, width) with 0. */
    static void clearColumns(int rows, int columns, int width, float[] y) {
        for (int i = 0; i < rows && columns < width; i++) {
            Arrays.fill(y, i * width + columns, (i + 1) * width, 0f);
        }
    }
}
