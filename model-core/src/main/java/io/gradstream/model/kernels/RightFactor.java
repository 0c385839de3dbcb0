package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * The right factor of several products, laid out for the tiles once. Each product has the bits of {@link Kernels#multiply}.
 *
 * <p>What it is set from must not change before the last product.
 */
public final class RightFactor {
    /** Columns of the widest block of any machine, so that all need the same room. */
    private static final int WIDEST = 32;

    private final int n;
    private final int k;
    private final float[] room;
    private float[] b;
    private int bAt;
    private int ldb;
    private boolean packed;
    /** What lies packed in the room by {@link #setLasting}. */
    private float[] lasting;

    /**
     * Of k rows and n columns.
     *
     * @param room at least {@link #length} floats
     */
    public RightFactor(int n, int k, float[] room) {
        this.n = n;
        this.k = k;
        this.room = room;
    }

    /** Whether a product of m rows and n columns is faster with a factor that was packed before, by which kernels this JVM has. */
    public static boolean pays(int m, int n) {
        return VECTOR && VectorProducts.packs(m, n) && m >= TiledProduct.PACK_RIGHT;
    }

    /** Floats of the room that it needs. */
    public static long length(int n, int k) {
        return (n + (long) WIDEST) * k;
    }

    /** B (k, n), for products of m rows. */
    public void set(int m, float[] b, int bAt, int ldb) {
        packed = VECTOR && VectorProducts.packs(m, n);
        if (packed) {
            TiledProduct.pack(n, k, b, bAt, ldb, false, room);
        } else {
            refer(b, bAt, ldb);
        }
    }

    /** As {@link #set}, where an array never changes and B always lies in the same place of it: packed once for each array. */
    public void setLasting(int m, float[] b, int bAt, int ldb) {
        packed = VECTOR && VectorProducts.packs(m, n);
        if (lasting != b) {
            lasting = null;
        }
        if (packed && lasting == null) {
            TiledProduct.pack(n, k, b, bAt, ldb, false, room);
            lasting = b;
        }
        refer(b, bAt, ldb);
    }

    /** The transposed of B (n, k), for products of m rows. */
    public void setTransposed(int m, float[] b, int bAt, int ldb) {
        packed = VECTOR && VectorProducts.packs(m, n);
        if (packed) {
            TiledProduct.pack(n, k, b, bAt, ldb, true, room);
        } else {
            RowKernels.transpose(n, k, b, bAt, ldb, room, 0, n);
            refer(room, 0, n);
        }
    }

    /** What is not packed is read where it lies. */
    private void refer(float[] b, int bAt, int ldb) {
        this.b = b;
        this.bAt = bAt;
        this.ldb = ldb;
    }

    /** C (m, n) += A (m, k) · B */
    public void multiply(int m, float[] a, int aAt, int lda, float[] c, int cAt, int ldc) {
        if (packed) {
            TiledProduct.multiplyPacked(m, n, k, a, aAt, lda, room, c, cAt, ldc);
        } else {
            Kernels.multiply(m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        }
    }
}
