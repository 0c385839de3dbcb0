package io.gradstream.model.kernels;

/** Passes over the rows of a matrix in plain Java. */
final class PlainRows {
    /** Floats of repeated rows that are copied at once. */
    private static final int REPEATED = 2048;

    private PlainRows() {}

    static void copyRow(int rows, int columns, float[] row, int rowAt, float[] x, int xAt, int ldx) {
        if (columns == 1 && ldx == 1) {
            PlainArithmetic.fill(row[rowAt], x, xAt, rows);
            return;
        }
        if (ldx != columns) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(row, rowAt, x, xAt + i * ldx, columns);
            }
        } else if (rows > 0 && columns > 0) {
            // One row, then as many as are there already, and then as many as stay in the first-level cache.
            int n = rows * columns;
            System.arraycopy(row, rowAt, x, xAt, columns);
            int most = Math.max(1, REPEATED / columns) * columns;
            for (int done = columns; done < n; ) {
                int some = Math.min(Math.min(done, most), n - done);
                System.arraycopy(x, xAt, x, xAt + done, some);
                done += some;
            }
        }
    }

    static void copyRows(int rows, int columns, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(x, xAt + i * ldx, y, yAt + i * ldy, columns);
        }
    }

    /** Four rows at a time, so that both sides stay in the cache. */
    static void transpose(int rows, int columns, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
        int fours = rows & -4;
        for (int i = 0; i < fours; i += 4) {
            int x0 = xAt + i * ldx;
            int x1 = x0 + ldx;
            int x2 = x1 + ldx;
            int x3 = x2 + ldx;
            for (int j = 0; j < columns; j++) {
                int to = yAt + j * ldy + i;
                y[to] = x[x0 + j];
                y[to + 1] = x[x1 + j];
                y[to + 2] = x[x2 + j];
                y[to + 3] = x[x3 + j];
            }
        }
        for (int i = fours; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                y[yAt + j * ldy + i] = x[xAt + i * ldx + j];
            }
        }
    }

    static void addRow(int rows, int columns, float[] row, int rowAt, float[] x, int xAt, int ldx) {
        for (int i = 0; i < rows; i++) {
            PlainArithmetic.add(row, rowAt, x, xAt + i * ldx, columns);
        }
    }

    static void columnSums(int rows, int columns, float[] x, int xAt, int ldx, float[] sums, int sumsAt) {
        if (columns == 1 && ldx == 1) {
            sums[sumsAt] += PlainSums.sum(x, xAt, rows);
            return;
        }
        for (int i = 0; i < rows; i++) {
            PlainArithmetic.add(x, xAt + i * ldx, sums, sumsAt, columns);
        }
    }

    static void standardizeRows(
            int rows,
            int columns,
            float[] x,
            int xAt,
            int ldx,
            float[] high,
            int highAt,
            float[] low,
            int lowAt,
            float[] scale,
            int scaleAt,
            float clip,
            float[] y,
            int yAt,
            int ldy) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                float z = (x[xAt + i * ldx + j] - high[highAt + j] - low[lowAt + j]) * scale[scaleAt + j];
                y[yAt + i * ldy + j] = Math.max(-clip, Math.min(clip, z));
            }
        }
    }

    static float root(float x) {
        return (float) Math.sqrt(x);
    }
}
