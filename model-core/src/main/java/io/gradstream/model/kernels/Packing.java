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

    /** Floats that {@link #rows} fills for so many rows, and writes over at the end. */
    static int panelsLength(int height, int m, int k) {
        return (m + height) * k + LENGTH;
    }

    /**
     * Panels of {@code height} rows of A, an even number, one after the other, each with its rows side by side; a short last panel
     * repeats its last row. Vectors that reach over the end of a panel are written over by the next.
     */
    static void rows(int height, int m, int k, float[] a, int aAt, int aRow, int aStep, float[] left) {
        for (int i = 0; i < m; i += height) {
            int rows = Math.min(height, m - i);
            int at = aAt + i * aRow;
            if (height > LENGTH) {
                oneByOne(height, rows - 1, k, a, at, aRow, aStep, left, i * k);
            } else if (aRow == 1 && i + LENGTH <= m) {
                sideBySide(height, k, a, at, aStep, left, i * k);
            } else if (aStep == 1 && Transposing.fits(rows, k, a, at, aRow)) {
                Transposing.rows(rows, k, a, at, aRow, left, i * k, height);
            } else {
                oneByOne(height, rows - 1, k, a, at, aRow, aStep, left, i * k);
            }
        }
    }

    private static void sideBySide(int height, int k, float[] a, int aAt, int aStep, float[] left, int at) {
        for (int p = 0; p < k; p++) {
            FloatVector.fromArray(FLOATS, a, aAt + p * aStep).intoArray(left, at + p * height);
        }
    }

    private static void oneByOne(
            int height, int last, int k, float[] a, int aAt, int aRow, int aStep, float[] left, int at) {
        for (int r = 0; r < height; r += 2) {
            twoRows(
                    height,
                    k,
                    a,
                    aAt + Math.min(r, last) * aRow,
                    aAt + Math.min(r + 1, last) * aRow,
                    aStep,
                    left,
                    at + r);
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

    /** y (columns, rows) = x (rows, columns) transposed. The last rows come with those before them, again, to fill a vector. */
    static void transpose(int rows, int columns, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
        int i = 0;
        while (i < rows && rows >= LENGTH) {
            int from = Math.min(i, rows - LENGTH);
            if (!Transposing.fits(LENGTH, columns, x, xAt + from * ldx, ldx)) {
                break;
            }
            Transposing.rows(LENGTH, columns, x, xAt + from * ldx, ldx, y, yAt + from, ldy);
            i = from + LENGTH;
        }
        PlainRows.transpose(rows - i, columns, x, xAt + i * ldx, ldx, y, yAt + i, ldy);
    }

    /** Fills the columns from {@code columns} to {@code width} of y (rows, width) with 0. */
    static void clearColumns(int rows, int columns, int width, float[] y) {
        for (int i = 0; i < rows && columns < width; i++) {
            Arrays.fill(y, i * width + columns, (i + 1) * width, 0f);
        }
    }
}
