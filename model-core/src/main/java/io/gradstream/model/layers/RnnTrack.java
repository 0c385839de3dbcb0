package io.gradstream.model.layers;

import io.gradstream.model.kernels.ActivationKernels;

/** h' = tanh(gate), one block. */
final class RnnTrack extends RecurrentTrack {
    RnnTrack(Parameters parameters, int steps, Room room) {
        super(parameters, steps, room);
    }

    /** after (rows, units) = tanh(gates + before . Wh) */
    @Override
    void step(Pass pass, int step, int rows, int before, int after) {
        int gate = step * rows * width;
        addState(rows, before, gates, gate);
        ActivationKernels.tanh(gates, gate, states, after, rows * units);
        System.arraycopy(states, after, gates, gate, rows * units);
    }

    /** dGates = dh (1 - h'^2) */
    @Override
    void stepBackward(
            int step, int rows, int before, float[] dh, int dhAt, int ldh, float[] dBefore, int dBeforeAt, int ldb) {
        for (int row = 0; row < rows; row++) {
            int gate = (step * rows + row) * width;
            ActivationKernels.tanhBackward(gates, gate, dh, dhAt + row * ldh, gates, gate, units);
        }
    }
}
