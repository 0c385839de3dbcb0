package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The gates of an LSTM with vectors.
 *
 * <p>A pass for each function, over what is still in the first-level cache: five transcendental functions in one loop are more than the
 * JIT inlines on JDK 17, and then it boxes every vector.
 */
final class VectorLstm {
    private VectorLstm() {}

    static void lstm(
            int rows,
            int units,
            float[] gates,
            int gatesAt,
            float[] before,
            int beforeAt,
            float[] after,
            int afterAt,
            float[] squashed,
            int squashedAt,
            float[] h,
            int hAt) {
        for (int i = 0; i < rows; i++) {
            int gate = gatesAt + i * 4 * units;
            VectorFunctions.sigmoid(gates, gate, gates, gate, 2 * units);
            VectorFunctions.tanh(gates, gate + 2 * units, gates, gate + 2 * units, units);
            VectorFunctions.sigmoid(gates, gate + 3 * units, gates, gate + 3 * units, units);
            lstmCell(units, gates, gate, before, beforeAt + i * units, after, afterAt + i * units);
        }
        VectorFunctions.tanh(after, afterAt, squashed, squashedAt, rows * units);
        for (int i = 0; i < rows; i++) {
            int output = gatesAt + (i * 4 + 3) * units;
            product(gates, output, squashed, squashedAt + i * units, h, hAt + i * units, units);
        }
    }

    private static void lstmCell(
            int units, float[] gates, int gatesAt, float[] before, int beforeAt, float[] after, int afterAt) {
        int end = FLOATS.loopBound(units);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector add = FloatVector.fromArray(FLOATS, gates, gatesAt + j)
                    .mul(FloatVector.fromArray(FLOATS, gates, gatesAt + 2 * units + j));
            FloatVector.fromArray(FLOATS, gates, gatesAt + units + j)
                    .fma(FloatVector.fromArray(FLOATS, before, beforeAt + j), add)
                    .intoArray(after, afterAt + j);
        }
        PlainLstm.lstmCell(units, gates, gatesAt + end, before, beforeAt + end, after, afterAt + end, units - end);
    }

    private static void product(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n) {
        int end = FLOATS.loopBound(n);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + j)
                    .mul(FloatVector.fromArray(FLOATS, y, yAt + j))
                    .intoArray(z, zAt + j);
        }
        PlainLstm.product(x, xAt + end, y, yAt + end, z, zAt + end, n - end);
    }

    static void lstmBackward(
            int rows,
            int units,
            float[] gates,
            int gatesAt,
            float[] before,
            int beforeAt,
            float[] squashed,
            int squashedAt,
            float[] dh,
            int dhAt,
            int ldh,
            float[] dCell,
            int dCellAt) {
        for (int i = 0; i < rows; i++) {
            int row = i * units;
            lstmSlopes(
                    units,
                    gates,
                    gatesAt + 4 * row,
                    before,
                    beforeAt + row,
                    squashed,
                    squashedAt + row,
                    dh,
                    dhAt + i * ldh,
                    dCell,
                    dCellAt + row);
        }
    }

    private static void lstmSlopes(
            int units,
            float[] gates,
            int gatesAt,
            float[] before,
            int beforeAt,
            float[] squashed,
            int squashedAt,
            float[] dh,
            int dhAt,
            float[] dCell,
            int dCellAt) {
        int end = FLOATS.loopBound(units);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int j = 0; j < end; j += LENGTH) {
            int at = gatesAt + j;
            FloatVector i = FloatVector.fromArray(FLOATS, gates, at);
            FloatVector f = FloatVector.fromArray(FLOATS, gates, at + units);
            FloatVector g = FloatVector.fromArray(FLOATS, gates, at + 2 * units);
            FloatVector o = FloatVector.fromArray(FLOATS, gates, at + 3 * units);
            FloatVector s = FloatVector.fromArray(FLOATS, squashed, squashedAt + j);
            FloatVector d = FloatVector.fromArray(FLOATS, dh, dhAt + j);
            FloatVector cell = d.mul(o).fma(s.neg().fma(s, one), FloatVector.fromArray(FLOATS, dCell, dCellAt + j));
            cell.mul(g).mul(i.mul(one.sub(i))).intoArray(gates, at);
            cell.mul(FloatVector.fromArray(FLOATS, before, beforeAt + j))
                    .mul(f.mul(one.sub(f)))
                    .intoArray(gates, at + units);
            cell.mul(i).mul(g.neg().fma(g, one)).intoArray(gates, at + 2 * units);
            d.mul(s).mul(o.mul(one.sub(o))).intoArray(gates, at + 3 * units);
            cell.mul(f).intoArray(dCell, dCellAt + j);
        }
        PlainLstm.lstmSlopes(
                units,
                gates,
                gatesAt + end,
                before,
                beforeAt + end,
                squashed,
                squashedAt + end,
                dh,
                dhAt + end,
                dCell,
                dCellAt + end,
                units - end);
    }
}
