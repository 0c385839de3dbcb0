package io.gradstream.model.parameters;

/** How a parameter lies in PyTorch, compared with here. */
public enum PyTorchLayout {
    /** The same. */
    AS_IS,
    /** A matrix (out, in), here (in, out). */
    TRANSPOSED,
    /** A kernel (out, in, height, width) or (out, in, steps), here (out, height, width, in) or (out, steps, in). */
    CHANNELS_LAST;

    /** PyTorch's shape of what has this one here. */
    public Shape theirs(Shape ours) {
        int[] dims = ours.dims();
        int rank = dims.length;
        if (this == TRANSPOSED) {
            return Shape.of(dims[1], dims[0]);
        }
        if (this == CHANNELS_LAST) {
            int[] other = dims.clone();
            other[1] = dims[rank - 1];
            System.arraycopy(dims, 1, other, 2, rank - 2);
            return Shape.of(other);
        }
        return ours;
    }

    /** PyTorch's values in our order. */
    public float[] ours(float[] theirs, Shape ours) {
        return switch (this) {
            case AS_IS -> theirs;
            case TRANSPOSED -> transposed(theirs, 1, ours.dim(1), ours.dim(0));
            case CHANNELS_LAST -> transposed(theirs, ours.dim(0), ours.last(), ours.size() / ours.dim(0) / ours.last());
        };
    }

    /** (count, rows, columns) becomes (count, columns, rows). */
    public static float[] transposed(float[] x, int count, int rows, int columns) {
        float[] y = new float[x.length];
        for (int i = 0; i < count; i++) {
            int at = i * rows * columns;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    y[at + column * rows + row] = x[at + row * columns + column];
                }
            }
        }
        return y;
    }
}
