package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * Passes over the rows of a row-major matrix: bias, column sums, embedding rows, standardisation.
 *
 * <p>Conventions and choice of implementation as in {@link Kernels}.
 */
public final class RowKernels {
    private RowKernels() {}

    /** Every row of x (rows, columns) becomes {@code row}: how a product starts from its bias. */
    public static void copyRow(int rows, int columns, float[] row, int rowAt, float[] x, int xAt, int ldx) {
        PlainRows.copyRow(rows, columns, row, rowAt, x, xAt, ldx);
    }

    /** y (rows, columns) = x: joins or cuts out columns. */
    public static void copyRows(int rows, int columns, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
        PlainRows.copyRows(rows, columns, x, xAt, ldx, y, yAt, ldy);
    }

    /** y (columns, rows) = x (rows, columns) transposed. */
    public static void transpose(int rows, int columns, float[] x, int xAt, int ldx, float[] y, int yAt, int ldy) {
        if (VECTOR) {
            Packing.transpose(rows, columns, x, xAt, ldx, y, yAt, ldy);
        } else {
            PlainRows.transpose(rows, columns, x, xAt, ldx, y, yAt, ldy);
        }
    }

    /** Every row of x (rows, columns) += {@code row}. */
    public static void addRow(int rows, int columns, float[] row, int rowAt, float[] x, int xAt, int ldx) {
        if (VECTOR) {
            VectorRows.addRow(rows, columns, row, rowAt, x, xAt, ldx);
        } else {
            PlainRows.addRow(rows, columns, row, rowAt, x, xAt, ldx);
        }
    }

    /**
     * sums (columns) += the rows of x (rows, columns), one after the other in ascending order; a single contiguous column
     * is added as one {@link Kernels#sum}.
     */
    public static void columnSums(int rows, int columns, float[] x, int xAt, int ldx, float[] sums, int sumsAt) {
        if (VECTOR) {
            VectorRows.columnSums(rows, columns, x, xAt, ldx, sums, sumsAt);
        } else {
            PlainRows.columnSums(rows, columns, x, xAt, ldx, sums, sumsAt);
        }
    }

    /**
     * y (rows, columns) = (x - high - low) * scale, column by column, limited to ± clip: high + low is a mean in more than a float's
     * precision. NaN stays NaN.
     */
    public static void standardizeRows(
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
        if (VECTOR) {
            VectorRows.standardizeRows(
                    rows, columns, x, xAt, ldx, high, highAt, low, lowAt, scale, scaleAt, clip, y, yAt, ldy);
        } else {
            PlainRows.standardizeRows(
                    rows, columns, x, xAt, ldx, high, highAt, low, lowAt, scale, scaleAt, clip, y, yAt, ldy);
        }
    }
}
