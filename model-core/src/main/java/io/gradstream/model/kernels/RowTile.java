package io.gradstream.model.kernels;

/** The tiles for rows of A that are read where they lie, the one that should be faster first. Both give the same bits. */
enum RowTile implements Tile {
    FOUR(RowTiles.ROWS),
    /** One that a JIT which fails on the first may get right. */
    STRIDED(Tiles.ROWS);

    /** Read once for each product, so that a change in between does no harm. */
    private static RowTile used = FOUR;

    private final int rows;

    RowTile(int rows) {
        this.rows = rows;
    }

    int rows() {
        return rows;
    }

    @Override
    public boolean fits() {
        return true;
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

    /** C += A · B for some rows of A and a packed block of B; arguments as in {@link RowTiles#multiply}. */
    void multiply(
            int rows, int width, int k, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt, int ldc) {
        switch (this) {
            case FOUR -> RowTiles.multiply(rows, width, k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            case STRIDED -> Tiles.strided(rows, width, k, a, aAt, aRow, 1, b, bAt, Packing.WIDTH, c, cAt, ldc);
        }
    }
}
