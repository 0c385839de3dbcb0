package io.gradstream.model.kernels;

/**
 * Work space of the calling thread: a few arrays that only grow, so a steady state allocates nothing.
 *
 * <p>Only JDK types are held, so a thread that outlives the class loader of a job keeps none of its classes.
 */
final class Scratch {
    /** A whole operand in another layout. */
    static final int OPERAND = 0;
    /** A block of the right factor of a product, packed. */
    static final int RIGHT = 1;
    /** A block of the left factor of a product, packed. */
    static final int LEFT = 2;
    /** A result on its way to or from another layout. */
    static final int RESULT = 3;
    /** The lanes of sums. */
    static final int LANES = 4;
    /** What one pass over a block hands to the next. */
    static final int PASSES = 5;

    private static final int KINDS = 6;
    private static final int SMALLEST = 1024;
    private static final ThreadLocal<float[][]> ARRAYS = ThreadLocal.withInitial(() -> new float[KINDS][SMALLEST]);

    private Scratch() {}

    /** An array of at least {@code length} floats with arbitrary contents, the thread's own for this {@code kind}. */
    static float[] floats(int kind, int length) {
        float[][] arrays = ARRAYS.get();
        if (arrays[kind].length < length) {
            arrays[kind] = new float[Math.max(length, (int) Math.min(2L * arrays[kind].length, Integer.MAX_VALUE / 2))];
        }
        return arrays[kind];
    }
}
