package io.gradstream.model.parameters;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The sizes of something along each of its dimensions, outermost first; row-major. Of a value in a model it is one row's shape: the
 * batch is not a dimension of it.
 */
public final class Shape {
    private final int[] dims;
    private final int size;

    private Shape(int[] dims) {
        this.dims = dims;
        long product = 1;
        for (int dim : dims) {
            if (dim < 1) {
                throw new IllegalArgumentException("every size must be at least 1, shape was " + text(dims));
            }
            product = Math.multiplyExact(product, dim);
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("more than 2^31 - 1 floats in one piece, shape was " + text(dims));
            }
        }
        this.size = (int) product;
    }

    /** A shape of the given sizes, each at least 1, together at most 2^31 - 1. */
    public static Shape of(int... dims) {
        return new Shape(dims.clone());
    }

    /** How many dimensions. */
    public int rank() {
        return dims.length;
    }

    /** The size along dimension {@code i}, counted from 0. */
    public int dim(int i) {
        return dims[i];
    }

    /** The size of the innermost dimension. */
    public int last() {
        return dims[dims.length - 1];
    }

    /** The product of all sizes. */
    public int size() {
        return size;
    }

    /** How many vectors of length {@link #last()} there are. */
    public int vectors() {
        return size / last();
    }

    /** The same with another innermost size. */
    public Shape withLast(int size) {
        int[] other = dims.clone();
        other[other.length - 1] = size;
        return new Shape(other);
    }

    /** The sizes. */
    public int[] dims() {
        return dims.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** As in (6, 5). */
    @Override
    public String toString() {
        return text(dims);
    }

    private static String text(int[] dims) {
        return Arrays.stream(dims).mapToObj(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
