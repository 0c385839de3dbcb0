package io.gradstream.model.layers;

import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.random.Philox;

/** Rows of a sparse table. */
final class SparseLookup extends Lookup {
    private final int table;
    private final float[] first;
    private final Philox untouched;
    private final SparseGradient gradient;

    SparseLookup(Room room, LookupColumns columns, Table table, Embedding.Combine combine) {
        super(room, columns, table.width(), combine);
        this.table = table.index();
        this.first = room.floats(dim);
        this.untouched = room.generator(table);
        this.gradient = room.learns() ? room.sparseGradient(table, columns.count()) : null;
    }

    /** out (batch, fields, dim) = table[id]; or out (batch, dim) = the sum or mean over fields of table[id] */
    @Override
    public void forward(Pass pass) {
        SparseTable rows = pass.weights().table(table);
        clear(pass.batch());
        for (int row = 0; row < pass.batch(); row++) {
            int count = count(row);
            for (int i = 0; i < count; i++) {
                int to = row * width + i * pitch;
                if (pitch != 0) {
                    rows.read(tableRow(row, i), untouched, out.data(), to);
                } else {
                    add(rows, tableRow(row, i), to);
                }
            }
        }
        average(out.data(), pass.batch());
    }

    private void add(SparseTable rows, int tableRow, int to) {
        int place = rows.place(tableRow);
        if (place >= 0) {
            plus(rows.values(place), rows.at(place), out.data(), to, dim);
        } else {
            rows.read(tableRow, untouched, first, 0);
            plus(first, 0, out.data(), to, dim);
        }
    }

    /** gradient of table[id] += its part of dOut */
    @Override
    public void backward(Pass pass) {
        average(out.gradient(), pass.batch());
        for (int row = 0; row < pass.batch(); row++) {
            int count = count(row);
            for (int i = 0; i < count; i++) {
                int from = row * width + i * pitch;
                int to = gradient.at(tableRow(row, i));
                plus(out.gradient(), from, gradient.values(), to, dim);
            }
        }
    }
}
