package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.random.Philox;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Arrays;
import java.util.List;

/**
 * A learned vector for each id: of a vector of categories, each of which has ids of its own, or of a sequence of tokens, which
 * share them.
 *
 * @param dim length of a vector
 * @param combine what is made of the vectors of a row's categories: put one after another, or added up; a sequence keeps its steps
 *     (steps, dim) unless they are added up, over those that are there
 * @param sparse whether only touched rows are kept, stepped and sent; if not, all rows are ordinary dense parameters
 * @param scale first values are uniform in ± this
 * @param fields the categories to use, by name; empty = all
 */
@Kind("embedding")
@Doc("A learned vector for each id of categories or of a sequence of tokens.")
public record Embedding(
        @Doc("Length of a vector, at least 1.") int dim,

        @Doc("What is made of the vectors of a row; a sequence keeps its steps unless they are added up.")
        @Default("concat")
        Combine combine,

        @Doc("Whether only touched rows are kept, stepped and sent.") @Default("true")
        boolean sparse,

        @Doc("First values are uniform in ± this.") @Default("0.05")
        float scale,

        @Doc("The categories to use, by name; none named = all.") @Default("[]")
        List<String> fields)
        implements LayerSpec {
    /** What is made of the vectors of a row's categories. */
    public enum Combine {
        /** One after another. */
        @Doc("One after another.")
        CONCAT,
        /** One below another: (fields, dim). */
        @Doc("One below another: (fields, dim).")
        STACK,
        /** Their sum; of a sequence the sum over its steps. */
        @Doc("Their sum; of a sequence the sum over its steps.")
        SUM,
        /** Their mean; of a sequence the mean over its steps, 0 if there is none. */
        @Doc("Their mean; of a sequence the mean over its steps, 0 if there is none.")
        MEAN;

        boolean adds() {
            return this == SUM || this == MEAN;
        }
    }

    public Embedding {
        Rules.atLeastOne("dim", dim);
        Rules.notNegative("scale", scale);
        fields = List.copyOf(fields);
    }

    /** Sparse vectors of all categories, one after another. */
    public Embedding(int dim) {
        this(dim, Combine.CONCAT, true, 0.05f, List.of());
    }

    @Override
    public Declared declare(Site site) {
        Signal in = site.onlyIds();
        Columns columns = Columns.of(site, in, fields);
        Shape shape = shape(columns);
        Filling filling = Filling.uniform(scale);
        if (sparse) {
            Table table = site.table("table", columns.rows(), dim, filling);
            return output(site, shape, room -> new SparseLookup(room, columns, table, combine));
        }
        if (columns.rows() * dim > Integer.MAX_VALUE) {
            throw site.wrong("at most 2^31 - 1 floats in a dense table", columns.rows() + " rows of " + dim);
        }
        Parameter weight = site.parameter("weight", filling, (int) columns.rows(), dim);
        return output(site, shape, room -> new DenseLookup(room, columns, weight, combine));
    }

    private Shape shape(Columns columns) {
        if (combine.adds()) {
            return Shape.of(dim);
        }
        return columns.tokens() || combine == Combine.STACK
                ? Shape.of(columns.count(), dim)
                : Shape.of(Math.multiplyExact(dim, columns.count()));
    }

    private Declared output(Site site, Shape shape, Declared.Factory factory) {
        return combine.adds() ? site.output(shape, factory) : site.outputWithSteps(shape, factory);
    }

    /**
     * Which ids of a row are looked up, and where their rows start in the table.
     *
     * @param width ids of a row
     * @param count how many are looked up: of a sequence, all
     * @param column of each looked up id, unless it is a sequence
     * @param firstRow of each looked up id, unless it is a sequence
     * @param rows of the table
     * @param tokens whether it is a sequence
     */
    private record Columns(int width, int count, int[] column, int[] firstRow, long rows, boolean tokens) {
        static Columns of(Site site, Signal in, List<String> wanted) {
            boolean tokens =
                    in.steps() || (in.categories().size() == 1 && in.shape().size() > 1);
            if (tokens) {
                int steps = in.shape().size();
                return new Columns(
                        steps,
                        steps,
                        new int[0],
                        new int[0],
                        in.categories().get(0).buckets(),
                        true);
            }
            int count = wanted.isEmpty() ? in.shape().size() : wanted.size();
            int[] column = new int[count];
            int[] firstRow = new int[count];
            long rows = 0;
            for (int i = 0; i < count; i++) {
                column[i] = wanted.isEmpty() ? i : indexOf(site, in, wanted.get(i));
                firstRow[i] = (int) rows;
                rows += in.categories().get(column[i]).buckets();
                if (rows > Integer.MAX_VALUE - 8) {
                    throw site.wrong("at most 2^31 - 9 rows in a table", "more");
                }
            }
            return new Columns(in.shape().size(), count, column, firstRow, rows, false);
        }

        private static int indexOf(Site site, Signal in, String field) {
            for (int i = 0; i < in.categories().size(); i++) {
                if (in.categories().get(i).name().equals(field)) {
                    return i;
                }
            }
            throw site.wrong(
                    "fields among "
                            + in.categories().stream()
                                    .map(Signal.Categories::name)
                                    .toList(),
                    "'" + field + "'");
        }

        /** Where id {@code i} of a row lies in it. */
        int columnOf(int i) {
            return tokens ? i : column[i];
        }

        /** The row of the table at which the ids of field {@code i} start. */
        int firstRowOf(int i) {
            return tokens ? 0 : firstRow[i];
        }
    }

    /** What the two kinds of tables share: which row each id means, and where its vector goes. */
    private abstract static class Lookup implements Layer {
        final Input in;
        final Value out;
        final int dim;
        /** From one vector of a row's output to the next; 0 where they are added up. */
        final int pitch;

        final int width;
        private final boolean mean;
        private final Columns columns;

        Lookup(Room room, Columns columns, int dim, Combine combine) {
            this.in = room.inputs().get(0);
            this.out = room.output();
            this.columns = columns;
            this.dim = dim;
            this.pitch = combine.adds() ? 0 : dim;
            this.mean = combine == Combine.MEAN;
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

    /** Rows of an ordinary dense parameter. */
    private static final class DenseLookup extends Lookup {
        private final int weight;

        DenseLookup(Room room, Columns columns, Parameter weight, Combine combine) {
            super(room, columns, weight.shape().last(), combine);
            this.weight = weight.at();
        }

        /** out (batch, fields, dim) = weight[id]; or out (batch, dim) = the sum or mean over fields of weight[id] */
        @Override
        public void forward(Pass pass) {
            float[] dense = pass.dense();
            clear(pass.batch());
            for (int row = 0; row < pass.batch(); row++) {
                int count = count(row);
                for (int i = 0; i < count; i++) {
                    int from = weight + tableRow(row, i) * dim;
                    int to = row * width + i * pitch;
                    if (pitch == 0) {
                        plus(dense, from, out.data(), to, dim);
                    } else {
                        System.arraycopy(dense, from, out.data(), to, dim);
                    }
                }
            }
            average(out.data(), pass.batch());
        }

        /** dWeight[id] += its part of dOut */
        @Override
        public void backward(Pass pass) {
            average(out.gradient(), pass.batch());
            for (int row = 0; row < pass.batch(); row++) {
                int count = count(row);
                for (int i = 0; i < count; i++) {
                    int from = row * width + i * pitch;
                    plus(out.gradient(), from, pass.gradients(), weight + tableRow(row, i) * dim, dim);
                }
            }
        }
    }

    /** Rows of a sparse table. */
    private static final class SparseLookup extends Lookup {
        private final int table;
        private final float[] first;
        private final Philox untouched;
        private final SparseGradient gradient;

        SparseLookup(Room room, Columns columns, Table table, Combine combine) {
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

    /** y += x, short enough not to be worth a kernel call. */
    private static void plus(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += x[xAt + i];
        }
    }
}
