package io.gradstream.model.layers;

import io.gradstream.model.kernels.RowKernels;
import io.gradstream.model.kernels.SequenceKernels;

/** Blocks r, z, n; what the state gives to them is kept apart, since r scales its part of n. */
final class GruTrack extends RecurrentTrack {
    private final float[] recurrent;

    GruTrack(Parameters parameters, int steps, Room room) {
        super(parameters, steps, room);
        this.recurrent = room.perRow((long) steps * width);
    }

    @Override
    boolean biasesTogether() {
        return false;
    }

    @Override
    float[] stateGates() {
        return recurrent;
    }

    /** recurrent (rows, 3 units) = bh + before . Wh; then the state */
    @Override
    void step(Pass pass, int step, int rows, int before, int after) {
        int gate = step * rows * width;
        RowKernels.copyRow(rows, width, pass.dense(), stateBias(), recurrent, gate, width);
        addState(rows, before, recurrent, gate);
        SequenceKernels.gru(rows, units, gates, gate, recurrent, gate, states, before, states, after);
    }

    /** dGates and dRecurrent (rows, 3 units) from dh; dBefore += z dh */
    @Override
    void stepBackward(
            int step, int rows, int before, float[] dh, int dhAt, int ldh, float[] dBefore, int dBeforeAt, int ldb) {
        int gate = step * rows * width;
        SequenceKernels.gruBackward(
                rows, units, gates, gate, recurrent, gate, states, before, dh, dhAt, ldh, dBefore, dBeforeAt, ldb);
    }
}
