package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Lanes.LENGTH;
import static io.gradstream.model.kernels.Lanes.MANY_REGISTERS;

/** The tiles for rows of A that are read where they lie, the one that should be fastest first. All give the same bits. */
enum RowTile implements Tile {
    /** For machines with 32 vector registers. */
    EIGHT(WideRowTiles.ROWS),
    /** For machines with 16, and where the wide one was compiled badly. */
    FOUR(RowTiles.ROWS),
    /** One that a JIT that fails on the others may get right. */
    STRIDED(Tiles.ROWS);

    /** Read once for each block of a product, so that a change in between does no harm. */
    private static RowTile used = MANY_REGISTERS ? EIGHT : FOUR;

    private final int rows;

    RowTile(int rows) {
        this.rows = rows;
    }

    int rows() {
        return rows;
    }

    @Override
    public boolean fits() {
        return this != EIGHT || MANY_REGISTERS;
    }

    @Override
    public String text() {
        return rows + "x" + Packing.WIDTH;
    }

    static RowTile used() {
        return used;
    }

    @Override
    public void use() {
        used = this;
    }

    @Override
    public boolean readsInPlace() {
        return this == EIGHT;
    }

    /** C += A · B for some rows of A; arguments as in {@link WideRowTiles#multiply}. For FOUR, B must be packed. */
    void multiply(
            int rows,
            int width,
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int ldc) {
        switch (this) {
            case EIGHT -> {
                // The rows that are left over are often few.
                if (rows <= RowTiles.ROWS && bStep == Packing.WIDTH) {
                    RowTiles.multiply(rows, width, k, a, aAt, aRow, b, bAt, c, cAt, ldc);
                } else if (width == LENGTH) {
                    OneVectorTiles.multiply(rows, k, a, aAt, aRow, b, bAt, bStep, c, cAt, ldc);
                } else {
                    WideRowTiles.multiply(rows, width, k, a, aAt, aRow, b, bAt, bStep, c, cAt, ldc);
                }
            }
            case FOUR -> RowTiles.multiply(rows, width, k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            case STRIDED -> Tiles.strided(rows, width, k, a, aAt, aRow, 1, b, bAt, bStep, c, cAt, ldc);
        }
    }
}
