package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.MANY_REGISTERS;

/** The tiles for panels of a transposed A, which is a tile's rows side by side for each k, the one that should be fastest first. All give the same bits. */
enum PanelTile implements Tile {
    /** For machines with 32 vector registers. */
    WIDE(WideTiles.ROWS),
    /** For machines with 16, and where the wide one was compiled badly. */
    NARROW(Tiles.ROWS),
    /** The one for operands that are not packed, which a JIT that fails on the others may get right. */
    STRIDED(Tiles.ROWS);

    /** Read once for each block of a product, so that a change in between does no harm. */
    private static PanelTile used = MANY_REGISTERS ? WIDE : NARROW;

    private final int rows;

    PanelTile(int rows) {
        this.rows = rows;
    }

    /** Rows of a panel. */
    int rows() {
        return rows;
    }

    @Override
    public boolean readsInPlace() {
        return this == WIDE;
    }

    @Override
    public boolean fits() {
        return this != WIDE || MANY_REGISTERS;
    }

    @Override
    public String text() {
        return rows + "x" + Packing.WIDTH + (this == STRIDED ? " (strided)" : "");
    }

    static PanelTile used() {
        return used;
    }

    @Override
    public void use() {
        used = this;
    }

    /** C += A · B for one panel, packed or where it lies; arguments as in {@link Tiles#panel}. */
    void multiply(
            int rows,
            int width,
            int k,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        switch (this) {
            case WIDE -> {
                // The last rows are often few.
                if (rows <= Tiles.ROWS) {
                    Tiles.panel(rows, width, k, a, aAt, aStep, b, bAt, ldb, c, cAt, ldc);
                } else if (width == LENGTH) {
                    OneVectorTiles.panel(rows, k, a, aAt, aStep, b, bAt, ldb, c, cAt, ldc);
                } else {
                    WideTiles.panel(rows, width, k, a, aAt, aStep, b, bAt, ldb, c, cAt, ldc);
                }
            }
            case NARROW -> Tiles.panel(rows, width, k, a, aAt, aStep, b, bAt, ldb, c, cAt, ldc);
            case STRIDED -> Tiles.strided(rows, width, k, a, aAt, 1, aStep, b, bAt, ldb, c, cAt, ldc);
        }
    }
}
