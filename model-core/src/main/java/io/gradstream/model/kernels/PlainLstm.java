package io.gradstream.model.kernels;

/** The gates of an LSTM in plain Java. */
final class PlainLstm {
    private PlainLstm() {}

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
            PlainFunctions.sigmoid(gates, gate, gates, gate, 2 * units);
            PlainFunctions.tanh(gates, gate + 2 * units, gates, gate + 2 * units, units);
            PlainFunctions.sigmoid(gates, gate + 3 * units, gates, gate + 3 * units, units);
            lstmCell(units, gates, gate, before, beforeAt + i * units, after, afterAt + i * units, units);
        }
        PlainFunctions.tanh(after, afterAt, squashed, squashedAt, rows * units);
        for (int i = 0; i < rows; i++) {
            int output = gatesAt + (i * 4 + 3) * units;
            product(gates, output, squashed, squashedAt + i * units, h, hAt + i * units, units);
        }
    }

    /** after = f before + i g. */
    static void lstmCell(
            int units, float[] gates, int gatesAt, float[] before, int beforeAt, float[] after, int afterAt, int n) {
        for (int j = 0; j < n; j++) {
            float forget = gates[gatesAt + units + j];
            float add = gates[gatesAt + j] * gates[gatesAt + 2 * units + j];
            after[afterAt + j] = Math.fma(forget, before[beforeAt + j], add);
        }
    }

    /** z = x y. */
    static void product(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int n) {
        for (int j = 0; j < n; j++) {
            z[zAt + j] = x[xAt + j] * y[yAt + j];
        }
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
                    dCellAt + row,
                    units);
        }
    }

    /** One row of {@link #lstmBackward}, or the last n columns of it. */
    static void lstmSlopes(
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
            int dCellAt,
            int n) {
        for (int j = 0; j < n; j++) {
            int at = gatesAt + j;
            float i = gates[at];
            float f = gates[at + units];
            float g = gates[at + 2 * units];
            float o = gates[at + 3 * units];
            float s = squashed[squashedAt + j];
            float d = dh[dhAt + j];
            float cell = Math.fma(d * o, Math.fma(-s, s, 1f), dCell[dCellAt + j]);
            gates[at] = cell * g * (i * (1f - i));
            gates[at + units] = cell * before[beforeAt + j] * (f * (1f - f));
            gates[at + 2 * units] = cell * i * Math.fma(-g, g, 1f);
            gates[at + 3 * units] = d * s * (o * (1f - o));
            dCell[dCellAt + j] = cell * f;
        }
    }
}
