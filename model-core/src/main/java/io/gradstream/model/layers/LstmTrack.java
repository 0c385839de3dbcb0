package io.gradstream.model.layers;

import io.gradstream.model.kernels.SequenceKernels;
import java.util.Arrays;

/** Blocks i, f, g, o; beside the state there is the cell, kept in the same places. */
final class LstmTrack extends RecurrentTrack {
    private final float[] cells;
    private final float[] squashed;
    private final float[] dCell;

    LstmTrack(Parameters parameters, int steps, Room room) {
        super(parameters, steps, room);
        this.cells = room.perRow((steps + 1L) * units);
        this.squashed = room.perRow((long) steps * units);
        this.dCell = room.learns() ? room.perRow(units) : null;
    }

    @Override
    void begin(int steps, int rows) {
        int first = rows * units - statesAt(rows);
        int start = first == 0 ? 0 : steps * rows * units;
        Arrays.fill(cells, start, start + rows * units, 0);
        if (dCell != null) {
            Arrays.fill(dCell, 0, rows * units, 0);
        }
    }

    /** gates (rows, 4 units) += before . Wh, then the cell */
    @Override
    void step(Pass pass, int step, int rows, int before, int after) {
        int gate = step * rows * width;
        addState(rows, before, gates, gate);
        SequenceKernels.lstm(
                rows, units, gates, gate, cells, before, cells, after, squashed, step * rows * units, states, after);
    }

    @Override
    void clearPaddedStates(int step, int rows, int[] lengths) {
        clearPadding(cells, statesAt(rows) + step * rows * units, units, step, rows, lengths);
    }

    @Override
    void clearPaddedGradients(int step, int rows, int[] lengths) {
        clearPadding(dCell, 0, units, step, rows, lengths);
    }

    /** dGates (rows, 4 units) from dh and dCell, which becomes that of the cell before */
    @Override
    void stepBackward(
            int step, int rows, int before, float[] dh, int dhAt, int ldh, float[] dBefore, int dBeforeAt, int ldb) {
        SequenceKernels.lstmBackward(
                rows,
                units,
                gates,
                step * rows * width,
                cells,
                before,
                squashed,
                step * rows * units,
                dh,
                dhAt,
                ldh,
                dCell,
                0);
    }
}
