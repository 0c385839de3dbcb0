package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.FLOATS;
import static io.gradstream.model.kernels.Lanes.LENGTH;

import jdk.incubator.vector.FloatVector;

/** The gates of a GRU with vectors. A pass for each function, as in {@link VectorLstm}. */
final class VectorGru {
    private VectorGru() {}

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
            VectorArithmetic.add(recurrent, state, gates, gate, 2 * units);
            VectorFunctions.sigmoid(gates, gate, gates, gate, 2 * units);
            VectorArithmetic.multiplyAdd(gates, gate, recurrent, state + 2 * units, gates, gate + 2 * units, units);
            VectorFunctions.tanh(gates, gate + 2 * units, gates, gate + 2 * units, units);
            gruState(units, gates, gate, before, beforeAt + i * units, after, afterAt + i * units);
        }
    }

    private static void gruState(
            int units, float[] gates, int gatesAt, float[] before, int beforeAt, float[] after, int afterAt) {
        int end = FLOATS.loopBound(units);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector fresh = FloatVector.fromArray(FLOATS, gates, gatesAt + 2 * units + j);
            FloatVector.fromArray(FLOATS, gates, gatesAt + units + j)
                    .fma(FloatVector.fromArray(FLOATS, before, beforeAt + j).sub(fresh), fresh)
                    .intoArray(after, afterAt + j);
        }
        PlainGru.gruState(units, gates, gatesAt + end, before, beforeAt + end, after, afterAt + end, units - end);
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
                    dBeforeAt + i * ldb);
        }
    }

    private static void gruSlopes(
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
            int dBeforeAt) {
        int end = FLOATS.loopBound(units);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int j = 0; j < end; j += LENGTH) {
            int at = gatesAt + j;
            int state = recurrentAt + j;
            FloatVector r = FloatVector.fromArray(FLOATS, gates, at);
            FloatVector z = FloatVector.fromArray(FLOATS, gates, at + units);
            FloatVector fresh = FloatVector.fromArray(FLOATS, gates, at + 2 * units);
            FloatVector d = FloatVector.fromArray(FLOATS, dh, dhAt + j);
            FloatVector dFresh = d.mul(one.sub(z)).mul(fresh.neg().fma(fresh, one));
            FloatVector dReset = dFresh.mul(FloatVector.fromArray(FLOATS, recurrent, state + 2 * units))
                    .mul(r.mul(one.sub(r)));
            FloatVector dUpdate = d.mul(
                            FloatVector.fromArray(FLOATS, before, beforeAt + j).sub(fresh))
                    .mul(z.mul(one.sub(z)));
            dReset.intoArray(gates, at);
            dUpdate.intoArray(gates, at + units);
            dFresh.intoArray(gates, at + 2 * units);
            dReset.intoArray(recurrent, state);
            dUpdate.intoArray(recurrent, state + units);
            dFresh.mul(r).intoArray(recurrent, state + 2 * units);
            d.fma(z, FloatVector.fromArray(FLOATS, dBefore, dBeforeAt + j)).intoArray(dBefore, dBeforeAt + j);
        }
        PlainGru.gruSlopes(
                units,
                gates,
                gatesAt + end,
                recurrent,
                recurrentAt + end,
                before,
                beforeAt + end,
                dh,
                dhAt + end,
                dBefore,
                dBeforeAt + end,
                units - end);
    }
}
