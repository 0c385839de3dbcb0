package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.random.Philox;

/** Rows of a sparse table. */
final class SparseLookup extends Lookup {
    /** Ids that are looked up together, unless a row has more. */
    private static final int TOGETHER = 256;

    private final int table;
    private final float[] first;
    private final Philox untouched;
    private final SparseGradient gradient;
    /** Ids of a row, at most. */
    private final int most;
    /** Of all ids of the batch, in the table. */
    private final int[] places;
    /** Kept so that {@link SparseTable#fetch} really reads. */
    private float fetched;

    SparseLookup(Room room, LookupColumns columns, Table table, Embedding.Combine combine) {
        super(room, columns, table.width(), combine);
        this.table = table.index();
        this.most = columns.count();
        this.places = room.ints((long) most * room.capacity());
        this.first = room.floats(dim);
        this.untouched = room.generator(table);
        this.gradient = room.learns() ? room.sparseGradient(table, columns.count()) : null;
    }

    /** out (batch, fields, dim) = table[id]; or out (batch, dim) = the sum or mean over fields of table[id] */
    @Override
    public void forward(Pass pass) {
        SparseTable rows = pass.weights().table(table);
        clear(pass.batch());
        int block = Math.max(1, TOGETHER / most);
        int found = 0;
        for (int row = 0; row < pass.batch(); row += block) {
            int end = Math.min(pass.batch(), row + block);
            int count = tableRows(row, end, found);
            rows.findPlaces(places, found, count);
            fetched = rows.fetch(places, found, count);
            lookUp(rows, row, end, found);
            found += count;
        }
        average(out.data(), pass.batch());
    }

    /** Writes the rows of the table that these rows of the batch ask for to {@code places}, from {@code at} on; how many there are. */
    private int tableRows(int from, int end, int at) {
        int found = at;
        for (int row = from; row < end; row++) {
            int count = count(row);
            for (int i = 0; i < count; i++) {
                places[found++] = tableRow(row, i);
            }
        }
        return found - at;
    }

    private void lookUp(SparseTable rows, int from, int end, int at) {
        int found = at;
        for (int row = from; row < end; row++) {
            int count = count(row);
            for (int i = 0; i < count; i++) {
                int place = places[found++];
                int to = row * width + i * pitch;
                if (pitch != 0) {
                    rows.read(tableRow(row, i), place, untouched, out.data(), to);
                } else {
                    add(rows, tableRow(row, i), place, to);
                }
            }
        }
    }

    private void add(SparseTable rows, int tableRow, int place, int to) {
        if (place >= 0) {
            Kernels.add(rows.values(place), rows.at(place), out.data(), to, dim);
        } else {
            rows.read(tableRow, place, untouched, first, 0);
            Kernels.add(first, 0, out.data(), to, dim);
        }
    }

    /** gradient of table[id] += its part of dOut */
    @Override
    public void backward(Pass pass) {
        average(out.gradient(), pass.batch());
        int found = 0;
        for (int row = 0; row < pass.batch(); row++) {
            int count = count(row);
            for (int i = 0; i < count; i++) {
                int from = row * width + i * pitch;
                gradient.add(tableRow(row, i), places[found++], out.gradient(), from);
            }
        }
    }
}
