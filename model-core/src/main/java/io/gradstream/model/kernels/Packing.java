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

    /** Floats that {@link #panel} fills, and writes over at the end. */
    static int panelLength(int height, int k) {
        return height * k + LENGTH;
    }

    /**
     * The first {@code height} of {@code m} rows of A, which lies transposed, side by side; if there are less, the last one is repeated.
     * A vector is longer than a panel is high, so each is written over by the next, and the last by the panel that is packed next, if any.
     */
    static void panel(int height, int m, int k, float[] a, int aAt, int aStep, float[] left, int at) {
        if (height <= LENGTH && m >= LENGTH) {
            for (int p = 0; p < k; p++) {
                FloatVector.fromArray(FLOATS, a, aAt + p * aStep).intoArray(left, at + p * height);
            }
            return;
        }
        int last = Math.min(height, m) - 1;
        for (int r = 0; r < height; r++) {
            int from = aAt + Math.min(r, last);
            for (int p = 0; p < k; p++) {
                left[at + r + p * height] = a[from + p * aStep];
            }
        }
    }

    /** {@code width} columns of B, at least one vector, with WIDTH between the starts of their rows. */
    static void columns(int width, int k, float[] b, int bAt, int ldb, float[] right, int at) {
        int second = width - LENGTH;
        for (int p = 0; p < k; p++) {
            int to = at + p * WIDTH;
            FloatVector.fromArray(FLOATS, b, bAt + p * ldb).intoArray(right, to);
            FloatVector.fromArray(FLOATS, b, bAt + p * ldb + second).intoArray(right, to + second);
        }
    }

    /** Columns of B side by side, as many as a tile has, one such block after the other. */
    static void blocks(int n, int k, float[] b, int bAt, int ldb, boolean transposed, float[] right, int at) {
        int to = at;
        for (int j = 0; j < n; ) {
            int width = TiledProduct.width(n - j, WIDTH);
            if (transposed) {
                transpose(width, k, b, bAt + j * ldb, ldb, right, to, WIDTH);
            } else {
                columns(width, k, b, bAt + j, ldb, right, to);
            }
            to += k * WIDTH;
            j += width;
        }
    }

    /** y (columns, rows) = x (rows, columns) transposed. The last rows come with those before them, again, to fill a vector. */
    static void transpose(int rows, int columns, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
        int i = 0;
        while (i < rows && rows >= LENGTH) {
            int from = Math.min(i, rows - LENGTH);
            if (!Transposing.fits(columns, x, xAt + from * ldx, ldx)) {
                break;
            }
            Transposing.rows(columns, x, xAt + from * ldx, ldx, y, yAt + from, ldy);
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
