package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
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
        LookupColumns columns = LookupColumns.of(site, in, fields);
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

    private Shape shape(LookupColumns columns) {
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
}
