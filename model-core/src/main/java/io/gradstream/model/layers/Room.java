package io.gradstream.model.layers;

import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.random.Philox;
import java.util.List;

/** Where a layer gets its values and buffers from when a plan is built. In a dry run the arrays are empty, and only counted. */
public interface Room {
    /** The layer's inputs. */
    List<Input> inputs();

    /** The layer's output; its gradient is null if the plan only scores. */
    Value output();

    /** Rows of the largest batch. */
    int capacity();

    /** Whether the plan can learn; if not, {@link Layer#backward} is never called. */
    boolean learns();

    /** A buffer of zeros of {@code perRow} floats for every row of the largest batch. */
    float[] perRow(long perRow);

    /** A buffer of zeros. */
    float[] floats(long size);

    /** A buffer of zeros. */
    int[] ints(long size);

    /** A buffer of zeros. */
    double[] doubles(long size);

    /** The layer's own random numbers for one purpose. */
    Philox generator(String purpose);

    /** The random numbers that a table's untouched rows are made of. */
    Philox generator(Table table);

    /** The gradient of a table, with room for {@code perRow} ids of every row. */
    SparseGradient sparseGradient(Table table, int perRow);
}
