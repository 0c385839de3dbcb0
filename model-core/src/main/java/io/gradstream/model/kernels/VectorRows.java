package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Passes over the rows of a matrix with vectors.
 *
 * <p>Rows are often short, a few vectors, and then a loop along each costs more than what it does; so the inner loops run down a
 * column of vectors.
 */
final class VectorRows {
    private VectorRows() {}

    static void addRow(int rows, int columns, float[] row, int rowAt, float[] x, int xAt, int ldx) {
        int end = FLOATS.loopBound(columns);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, row, rowAt + j);
            for (int at = xAt + j, i = 0; i < rows; i++, at += ldx) {
                FloatVector.fromArray(FLOATS, x, at).add(v).intoArray(x, at);
            }
        }
        PlainRows.addRow(rows, columns - end, row, rowAt + end, x, xAt + end, ldx);
    }

    /** Four rows a pass: a column's sum is read and written once for every four terms, which it takes in their order. */
    static void columnSums(int rows, int columns, float[] x, int xAt, int ldx, float[] sums, int sumsAt) {
        if (columns == 1 && ldx == 1) {
            sums[sumsAt] += VectorSums.sum(x, xAt, rows);
            return;
        }
        int fours = rows & -4;
        int end = FLOATS.loopBound(columns);
        for (int i = 0; i < fours; i += 4) {
            int at = xAt + i * ldx;
            for (int j = 0; j < end; j += LENGTH) {
                FloatVector.fromArray(FLOATS, sums, sumsAt + j)
                        .add(FloatVector.fromArray(FLOATS, x, at + j))
                        .add(FloatVector.fromArray(FLOATS, x, at + ldx + j))
                        .add(FloatVector.fromArray(FLOATS, x, at + 2 * ldx + j))
                        .add(FloatVector.fromArray(FLOATS, x, at + 3 * ldx + j))
                        .intoArray(sums, sumsAt + j);
            }
            PlainRows.columnSums(4, columns - end, x, at + end, ldx, sums, sumsAt + end);
        }
        for (int i = fours; i < rows; i++) {
            VectorArithmetic.add(x, xAt + i * ldx, sums, sumsAt, columns);
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
        int end = FLOATS.loopBound(columns);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector highs = FloatVector.fromArray(FLOATS, high, highAt + j);
            FloatVector lows = FloatVector.fromArray(FLOATS, low, lowAt + j);
            FloatVector scales = FloatVector.fromArray(FLOATS, scale, scaleAt + j);
            for (int i = 0; i < rows; i++) {
                FloatVector.fromArray(FLOATS, x, xAt + i * ldx + j)
                        .sub(highs)
                        .sub(lows)
                        .mul(scales)
                        .min(clip)
                        .max(-clip)
                        .intoArray(y, yAt + i * ldy + j);
            }
        }
        PlainRows.standardizeRows(
                rows,
                columns - end,
                x,
                xAt + end,
                ldx,
                high,
                highAt + end,
                low,
                lowAt + end,
                scale,
                scaleAt + end,
                clip,
                y,
                yAt + end,
                ldy);
    }
}
