package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import java.util.Arrays;

/** What the two kinds of tables share: which row each id means, and where its vector goes. */
abstract class Lookup implements Layer {
    final Input in;
    final Value out;
    final int dim;
    /** From one vector of a row's output to the next; 0 where they are added up. */
    final int pitch;

    final int width;
    private final boolean mean;
    private final LookupColumns columns;

    Lookup(Room room, LookupColumns columns, int dim, Embedding.Combine combine) {
        this.in = room.inputs().get(0);
        this.out = room.output();
        this.columns = columns;
        this.dim = dim;
        this.pitch = combine.adds() ? 0 : dim;
        this.mean = combine == Embedding.Combine.MEAN;
        this.width = combine.adds() ? dim : dim * columns.count();
    }

    /** How many ids of a row are there. */
    final int count(int row) {
        return in.lengths() == null ? columns.count() : in.lengths()[row];
    }

    final int tableRow(int row, int i) {
        return columns.firstRowOf(i) + in.ids()[row * columns.width() + columns.columnOf(i)];
    }

    /** Zeros where vectors are added up, and in the padding of a sequence. */
    final void clear(int batch) {
        for (int row = 0; row < batch; row++) {
            int written = pitch * count(row);
            Arrays.fill(out.data(), row * width + written, (row + 1) * width, 0);
        }
    }

    /** Sums become means. */
    final void average(float[] x, int batch) {
        for (int row = 0; row < batch && mean; row++) {
            Kernels.scale(1f / Math.max(1, count(row)), x, row * width, width);
        }
    }
}
