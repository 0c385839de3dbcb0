package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.LENGTH;

/**
 * C += A · B for n of at least one vector: which tile, what to pack, in which order.
 *
 * <p>A is given by the distances between its rows and its columns, so that it may lie transposed; B has contiguous rows, or is
 * transposed block by block. Reasons and measurements are in {@code docs/kernels.md}.
 */
final class TiledProduct {
    /** Terms of k in a block: 16 columns of B then fill half of a first-level cache of 32 KiB. */
    private static final int DEPTH = 256;

    /** Floats of B that are packed at a time: half of a second-level cache of 512 KiB. */
    private static final int BLOCK = 64 * 1024;

    /** From so many columns on, the elements of a transposed A are used often enough for packing to pay. */
    private static final int PACK_LEFT = 64;

    /** From so many columns on, few rows are faster as {@link Streams}. */
    private static final int STREAM_FROM = 96;

    /** From so many rows on, B's elements are used often enough for packing to pay where the tile wants it packed. */
    static final int PACK_RIGHT = 16;

    /** From so many rows on, a tile of eight that reads B where it lies is faster than other ways. */
    private static final int LYING_FROM = 7;

    /** The same where A is transposed: a panel that is not whole is packed float by float, so a few rows more than eight are slower. */
    private static final int LYING_FROM_TRANSPOSED = 16;

    /** With more rows, packing B pays for every tile. */
    private static final int LYING_TO = 128;

    /** Columns that {@link Streams} take at once: four rows of C then fill half of a first-level cache. */
    private static final int STREAM = 1024;

    /** Rows of A and C that are taken through all columns together: a block of B then serves them all from the first-level cache. */
    private static final int CHUNK = 32;

    /** With more columns, a single row is faster as {@link Streams}, which read B in the order in which it lies. */
    private static final int SINGLE_TO = 256;

    private static final int WIDTH = Packing.WIDTH;

    private TiledProduct() {}

    static void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        Tile tile = aStep == 1 ? RowTile.used() : PanelTile.used();
        if (m < PACK_RIGHT && (m <= 2 || n >= STREAM_FROM) && !lies(m, aStep, tile)) {
            stream(m, n, k, a, aAt, aRow, aStep, b, bAt, ldb, c, cAt, ldc);
            return;
        }
        int step = depth(k);
        for (int p = 0; p < k; p += step) {
            int depth = Math.min(step, k - p);
            block(m, n, depth, a, aAt + p * aStep, aRow, aStep, b, bAt + p * ldb, ldb, false, c, cAt, ldc);
        }
    }

    static void multiplyTransposedB(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int lda,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        int step = depth(k);
        for (int p = 0; p < k; p += step) {
            int depth = Math.min(step, k - p);
            block(m, n, depth, a, aAt + p, lda, 1, b, bAt + p, ldb, true, c, cAt, ldc);
        }
    }

    /** All blocks of B (k, n), or of a transposed one, as {@link #multiplyPacked} takes them. */
    static void pack(int n, int k, float[] b, int bAt, int ldb, boolean transposed, float[] right) {
        int row = transposed ? 1 : ldb;
        int step = depth(k);
        for (int p = 0; p < k; p += step) {
            Packing.blocks(n, Math.min(step, k - p), b, bAt + p * row, ldb, transposed, right, p * columns(n));
        }
    }

    /** C += A · B, where {@link #pack} has packed B. */
    static void multiplyPacked(
            int m, int n, int k, float[] a, int aAt, int lda, float[] right, float[] c, int cAt, int ldc) {
        RowTile tile = RowTile.used();
        int step = depth(k);
        for (int p = 0; p < k; p += step) {
            int at = p * columns(n);
            rows(tile, m, n, Math.min(step, k - p), a, aAt + p, lda, right, at, WIDTH, true, c, cAt, ldc);
        }
    }

    /** Terms of k in each block but the last: all have about as many, since each reads and writes all of C. */
    private static int depth(int k) {
        int blocks = Math.max(1, (k + DEPTH - 1) / DEPTH);
        return (k + blocks - 1) / blocks;
    }

    /** Columns of all blocks. */
    private static int columns(int n) {
        return (n + WIDTH - 1) / WIDTH * WIDTH;
    }

    private static void stream(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        if (m == 1 && n <= SINGLE_TO) {
            for (int j = 0; j < n; ) {
                int width = width(n - j, SingleRow.WIDE);
                SingleRow.multiply(width, k, a, aAt, aStep, b, bAt + j, ldb, c, cAt + j);
                j += width;
            }
            return;
        }
        for (int j = 0; j < n; ) {
            int width = width(n - j, STREAM);
            int step = m <= 2 ? 1 : Streams.ROWS;
            for (int i = 0; i < m; i += step) {
                int rows = Math.min(step, m - i);
                streamRows(rows, width, k, a, aAt + i * aRow, aRow, aStep, b, bAt + j, ldb, c, cAt + i * ldc + j, ldc);
            }
            j += width;
        }
    }

    private static void streamRows(
            int rows,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        int p = 0;
        if (rows == 1) {
            for (; p <= k - Streams.ONE_STEPS; p += Streams.ONE_STEPS) {
                Streams.one(n, a, aAt + p * aStep, aStep, b, bAt + p * ldb, ldb, c, cAt);
            }
        } else {
            for (; p <= k - Streams.FOUR_STEPS; p += Streams.FOUR_STEPS) {
                Streams.four(rows, n, a, aAt + p * aStep, aRow, aStep, b, bAt + p * ldb, ldb, c, cAt, ldc);
            }
        }
        for (; p < k; p++) {
            for (int i = 0; i < rows; i++) {
                VectorArithmetic.axpy(a[aAt + i * aRow + p * aStep], b, bAt + p * ldb, c, cAt + i * ldc, n);
            }
        }
    }

    /** How many of the columns that are left come next: all if they fit, else so many that at least one vector remains. */
    static int width(int left, int full) {
        if (left <= full) {
            return left;
        }
        return left < full + LENGTH ? left - LENGTH : full;
    }

    private static void block(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int ldb,
            boolean transposed,
            float[] c,
            int cAt,
            int ldc) {
        // Read once: another thread may change what is used.
        RowTile rowTile = RowTile.used();
        PanelTile panelTile = PanelTile.used();
        boolean lying = !transposed && lies(m, aStep, aStep == 1 ? rowTile : panelTile);
        boolean inPlace = aStep == 1 && (transposed || m >= PACK_RIGHT || lying);
        if (!inPlace && !lying && (aStep == 1 || n < PACK_LEFT)) {
            strided(m, n, k, a, aAt, aRow, aStep, b, bAt, ldb, c, cAt, ldc);
            return;
        }
        for (int j = 0; j < n; ) {
            int width = width(n - j, Math.max(WIDTH, BLOCK / k / WIDTH * WIDTH));
            int from = transposed ? bAt + j * ldb : bAt + j;
            float[] right = b;
            if (!lying) {
                right = Scratch.floats(Scratch.RIGHT, (width + WIDTH) * k);
                Packing.blocks(width, k, b, from, ldb, transposed, right, 0);
                from = 0;
            }
            int step = lying ? ldb : WIDTH;
            if (inPlace) {
                rows(rowTile, m, width, k, a, aAt, aRow, right, from, step, !lying, c, cAt + j, ldc);
            } else {
                panels(panelTile, m, width, k, a, aAt, aStep, right, from, step, !lying, c, cAt + j, ldc);
            }
            j += width;
        }
    }

    /** Whether this tile is fast for m rows without packing B. */
    private static boolean lies(int m, int aStep, Tile tile) {
        return tile.readsInPlace() && m >= (aStep == 1 ? LYING_FROM : LYING_FROM_TRANSPOSED) && m <= LYING_TO;
    }

    /** With rows of B {@code step} apart, and {@code packed} or not: then a block of columns follows the other where it lies. */
    private static void rows(
            RowTile tile,
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] right,
            int rightAt,
            int step,
            boolean packed,
            float[] c,
            int cAt,
            int ldc) {
        for (int i = 0; i < m; i += CHUNK) {
            int last = Math.min(m, i + CHUNK);
            int from = rightAt;
            for (int j = 0; j < n; ) {
                int width = width(n - j, WIDTH);
                for (int r = i; r < last; r += tile.rows()) {
                    int rows = Math.min(tile.rows(), last - r);
                    tile.multiply(
                            rows, width, k, a, aAt + r * aRow, aRow, right, from, step, c, cAt + r * ldc + j, ldc);
                }
                from += packed ? k * WIDTH : width;
                j += width;
            }
        }
    }

    private static void strided(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        boolean packed = m >= PACK_RIGHT;
        float[] right = packed ? Scratch.floats(Scratch.RIGHT, k * WIDTH) : b;
        for (int j = 0; j < n; ) {
            int width = width(n - j, WIDTH);
            if (packed) {
                Packing.columns(width, k, b, bAt + j, ldb, right, 0);
            }
            int from = packed ? 0 : bAt + j;
            int step = packed ? WIDTH : ldb;
            for (int i = 0; i < m; i += Tiles.ROWS) {
                int rows = Math.min(Tiles.ROWS, m - i);
                Tiles.strided(
                        rows, width, k, a, aAt + i * aRow, aRow, aStep, right, from, step, c, cAt + i * ldc + j, ldc);
            }
            j += width;
        }
    }

    /** By chunks of rows, whose panels of A are packed unless the tile is fast without. The last one is, if it is not whole. */
    private static void panels(
            PanelTile tile,
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aStep,
            float[] right,
            int rightAt,
            int step,
            boolean packed,
            float[] c,
            int cAt,
            int ldc) {
        int height = tile.rows();
        int chunk = CHUNK / height * height;
        float[] left = Scratch.floats(Scratch.LEFT, Packing.panelLength(chunk, k));
        for (int i = 0; i < m; i += chunk) {
            int rows = Math.min(chunk, m - i);
            int there = tile.readsInPlace() ? rows / height * height : 0;
            for (int r = there; r < rows; r += height) {
                Packing.panel(height, m - i - r, k, a, aAt + i + r, aStep, left, r * k);
            }
            int from = rightAt;
            for (int j = 0; j < n; ) {
                int width = width(n - j, WIDTH);
                int to = cAt + i * ldc + j;
                for (int r = 0; r < there; r += height) {
                    tile.multiply(height, width, k, a, aAt + i + r, aStep, right, from, step, c, to + r * ldc, ldc);
                }
                for (int r = there; r < rows; r += height) {
                    int some = Math.min(height, rows - r);
                    tile.multiply(some, width, k, left, r * k, height, right, from, step, c, to + r * ldc, ldc);
                }
                from += packed ? k * WIDTH : width;
                j += width;
            }
        }
    }
}
