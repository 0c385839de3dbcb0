package io.gradstream.model.optimizers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.OptimizerKernels;
import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.parameters.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * Steps the rows of a sparse table that have a gradient. Rows are short and lie anywhere, so blocks of them are copied together,
 * stepped in one pass as if they were dense, and copied back.
 */
final class SparseRows {
    private static final int BLOCK_FLOATS = 4096;

    private final Weights weights;
    private final int slots;
    /** The values of a block's rows, then each slot. */
    private final float[][] block;

    private int[] places = new int[0];
    /** Kept so that {@link SparseTable#fetch} really reads. */
    private float fetched;

    SparseRows(Weights weights, int slots) {
        this.weights = weights;
        this.slots = slots;
        this.block = new float[1 + slots][0];
    }

    /** The most bytes that its arrays come to hold for these tables. */
    static long mostBytes(List<Table> tables, int slots) {
        long floats = 0;
        long most = 0;
        for (Table table : tables) {
            long rows = Math.min(perBlock(table.width()), table.rows());
            most = Math.max(most, rows);
            floats = Math.max(floats, rows * table.width());
        }
        return most * Integer.BYTES + (1 + slots) * floats * Float.BYTES;
    }

    private static int perBlock(int width) {
        return Math.max(1, BLOCK_FLOATS / width);
    }

    void step(SparseGradient rows, Rule rule, float threshold) {
        SparseTable table = weights.table(rows.table().index());
        int width = rows.table().width();
        int perBlock = perBlock(width);
        makeRoom(Math.min(perBlock, rows.size()), width);
        for (int from = 0; from < rows.size(); from += perBlock) {
            int count = Math.min(perBlock, rows.size() - from);
            int n = count * width;
            gather(table, rows, from, count, rule);
            rule.step(block[0], 0, rows.values(), from * width, slot(0), slot(1), 0, n);
            if (threshold > 0) {
                OptimizerKernels.softThreshold(threshold, block[0], 0, n);
            }
            scatter(table, count, width);
        }
    }

    /** Has {@link Rule#slow} adapt the slots of all rows that were touched. */
    void slow(Rule rule, double by) {
        for (SparseTable table : weights.tables()) {
            for (int place = 0; place < table.touched(); place++) {
                float[] slot0 = slots > 0 ? table.slot(0, place) : null;
                float[] slot1 = slots > 1 ? table.slot(1, place) : null;
                rule.slow(
                        by,
                        table.values(place),
                        table.at(place),
                        slot0,
                        slot1,
                        table.at(place),
                        table.table().width());
            }
        }
    }

    private float[] slot(int i) {
        return i < slots ? block[1 + i] : null;
    }

    private void makeRoom(int rows, int width) {
        if (places.length < rows) {
            places = new int[rows];
        }
        if (block[0].length < rows * width) {
            for (int a = 0; a <= slots; a++) {
                block[a] = new float[rows * width];
            }
        }
    }

    /** Copies rows together; those that have not been stepped before get their places and first slots. */
    private void gather(SparseTable table, SparseGradient rows, int from, int count, Rule rule) {
        int width = rows.table().width();
        for (int i = 0; i < count; i++) {
            places[i] = rows.place(from + i);
        }
        fetched = table.fetch(places, 0, count);
        for (int i = 0; i < count; i++) {
            int before = table.touched();
            int place = places[i] >= 0 ? places[i] : table.touch(rows.row(from + i));
            places[i] = place;
            int at = table.at(place);
            Kernels.copy(table.values(place), at, block[0], i * width, width);
            if (table.touched() == before) {
                for (int a = 0; a < slots; a++) {
                    Kernels.copy(table.slot(a, place), at, block[1 + a], i * width, width);
                }
            } else {
                for (int a = 0; a < slots; a++) {
                    Arrays.fill(block[1 + a], i * width, (i + 1) * width, 0);
                }
                rule.start(block[0], i * width, slot(0), slot(1), i * width, width);
            }
            if (table.log() != null) {
                table.log().note(place, block, i * width);
            }
        }
    }

    private void scatter(SparseTable table, int count, int width) {
        for (int i = 0; i < count; i++) {
            int at = table.at(places[i]);
            Kernels.copy(block[0], i * width, table.values(places[i]), at, width);
            for (int a = 0; a < slots; a++) {
                Kernels.copy(block[1 + a], i * width, table.slot(a, places[i]), at, width);
            }
        }
    }
}
