package io.gradstream.model.kernels;

/** The gates of a GRU in plain Java. */
final class PlainGru {
    private PlainGru() {}

    static void gru(
            int rows,
            int units,
            float[] gates,
            int gatesAt,
            float[] recurrent,
            int recurrentAt,
            float[] before,
            int beforeAt,
            float[] after,
            int afterAt) {
        for (int i = 0; i < rows; i++) {
            int gate = gatesAt + i * 3 * units;
            int state = recurrentAt + i * 3 * units;
            PlainArithmetic.add(recurrent, state, gates, gate, 2 * units);
            PlainFunctions.sigmoid(gates, gate, gates, gate, 2 * units);
            PlainArithmetic.multiplyAdd(gates, gate, recurrent, state + 2 * units, gates, gate + 2 * units, units);
            PlainFunctions.tanh(gates, gate + 2 * units, gates, gate + 2 * units, units);
            gruState(units, gates, gate, before, beforeAt + i * units, after, afterAt + i * units, units);
        }
    }

    /** after = n + z (before - n). */
    static void gruState(
            int units, float[] gates, int gatesAt, float[] before, int beforeAt, float[] after, int afterAt, int n) {
        for (int j = 0; j < n; j++) {
            float fresh = gates[gatesAt + 2 * units + j];
            after[afterAt + j] = Math.fma(gates[gatesAt + units + j], before[beforeAt + j] - fresh, fresh);
        }
    }

    static void gruBackward(
            int rows,
            int units,
            float[] gates,
            int gatesAt,
            float[] recurrent,
            int recurrentAt,
            float[] before,
            int beforeAt,
            float[] dh,
            int dhAt,
            int ldh,
            float[] dBefore,
            int dBeforeAt,
            int ldb) {
        for (int i = 0; i < rows; i++) {
            int row = i * units;
            gruSlopes(
                    units,
                    gates,
                    gatesAt + 3 * row,
                    recurrent,
                    recurrentAt + 3 * row,
                    before,
                    beforeAt + row,
                    dh,
                    dhAt + i * ldh,
                    dBefore,
                    dBeforeAt + i * ldb,
                    units);
        }
    }

    /** One row of {@link #gruBackward}, or the last n columns of it. */
    static void gruSlopes(
            int units,
            float[] gates,
            int gatesAt,
            float[] recurrent,
            int recurrentAt,
            float[] before,
            int beforeAt,
            float[] dh,
            int dhAt,
            float[] dBefore,
            int dBeforeAt,
            int n) {
        for (int j = 0; j < n; j++) {
            int at = gatesAt + j;
            int state = recurrentAt + j;
            float r = gates[at];
            float z = gates[at + units];
            float fresh = gates[at + 2 * units];
            float d = dh[dhAt + j];
            float dFresh = d * (1f - z) * Math.fma(-fresh, fresh, 1f);
            float dReset = dFresh * recurrent[state + 2 * units] * (r * (1f - r));
            float dUpdate = d * (before[beforeAt + j] - fresh) * (z * (1f - z));
            gates[at] = dReset;
            gates[at + units] = dUpdate;
            gates[at + 2 * units] = dFresh;
            recurrent[state] = dReset;
            recurrent[state + units] = dUpdate;
            recurrent[state + 2 * units] = dFresh * r;
            dBefore[dBeforeAt + j] = Math.fma(d, z, dBefore[dBeforeAt + j]);
        }
    }
}
