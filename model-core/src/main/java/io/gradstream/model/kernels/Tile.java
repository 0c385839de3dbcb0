package io.gradstream.model.kernels;

/** One of several inner loops that give the same bits, of which {@link ProductTrial} finds the fastest. */
interface Tile {
    /** Whether it can be fast on this machine. */
    boolean fits();

    /** Whether it is as fast where rows of B, and columns of a transposed A, lie any distance apart: nothing need be packed for few rows. */
    boolean readsInPlace();

    /** Rows by columns. */
    String text();

    /** Makes it the choice of all products from now on. */
    void use();
}
