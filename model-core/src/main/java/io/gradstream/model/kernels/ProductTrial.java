package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

import java.util.Locale;

/**
 * Tries the tiles of the matrix products, once a JVM, and keeps the first that is not much slower than the best.
 *
 * <p>Which tile computes an element cannot be seen in its bits. But some starts of some JDKs compile a large tile badly (a fiftieth of its
 * speed on JDK 17), and stay with it; so each is warmed up and timed on a block that fits the caches, packed or not as products of that size do.
 */
public final class ProductTrial {
    /** A tile stays the choice unless another is so many times as fast. */
    private static final double MUCH_FASTER = 1.5;

    /** A busy machine may compile the first tile only while another is tried. */
    private static final int PASSES = 2;

    private static final int ROWS = 84;
    private static final int COLUMNS = 128;
    private static final int DEPTH = 64;
    private static final double OPERATIONS = 2.0 * ROWS * COLUMNS * DEPTH;
    private static final long WARM_UP = 80_000_000;
    private static final long LONGEST_WARM_UP = 2_000_000_000;
    /** What no interpreter reaches, and every compiled tile does: GFLOP/s. */
    private static final double COMPILED = 2;

    private static final int TURNS = 9;
    private static final int CALLS = 4;

    private static String ofRows;
    private static String ofPanels;

    private ProductTrial() {}

    /**
     * Tries those of A·B and A·Bᵀ, which is all that scoring calls, if this JVM has not done so yet; what is used from now on, with its
     * measured speed in GFLOP/s.
     */
    public static synchronized String scoring() {
        if (ofRows == null) {
            ofRows = VECTOR ? "tiles " + choose(RowTile.values(), ProductTrial::product) : "plain Java";
        }
        return ofRows;
    }

    /** The same, and those of Aᵀ·B, which gradients of weights are. */
    public static synchronized String learning() {
        String rows = scoring();
        if (ofPanels == null) {
            ofPanels = VECTOR ? ", " + choose(PanelTile.values(), ProductTrial::transposedProduct) : "";
        }
        return rows + ofPanels;
    }

    private static String choose(Tile[] tiles, Product product) {
        double[] speeds = new double[tiles.length];
        double best = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < tiles.length; i++) {
                if (tiles[i].fits()) {
                    tiles[i].use();
                    speeds[i] = Math.max(speeds[i], speed(product));
                    best = Math.max(best, speeds[i]);
                }
            }
        }
        int chosen = 0;
        while (!tiles[chosen].fits() || speeds[chosen] * MUCH_FASTER < best) {
            chosen++;
        }
        tiles[chosen].use();
        return String.format(Locale.ROOT, "%s at %.1f GFLOP/s", tiles[chosen].text(), speeds[chosen]);
    }

    private static double speed(Product product) {
        float[] a = new float[ROWS * DEPTH];
        float[] b = new float[DEPTH * COLUMNS];
        float[] c = new float[ROWS * COLUMNS];
        long start = System.nanoTime();
        boolean compiled = false;
        long elapsed = 0;
        while (elapsed < WARM_UP || (!compiled && elapsed < LONGEST_WARM_UP)) {
            product.run(a, b, c);
            long now = System.nanoTime() - start;
            compiled |= OPERATIONS / (now - elapsed) > COMPILED;
            elapsed = now;
        }
        double best = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            long from = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                product.run(a, b, c);
            }
            best = Math.max(best, CALLS * OPERATIONS / (System.nanoTime() - from));
        }
        return best;
    }

    /** C (rows, columns) += something of A, B. */
    private interface Product {
        void run(float[] a, float[] b, float[] c);
    }

    private static void product(float[] a, float[] b, float[] c) {
        TiledProduct.multiply(ROWS, COLUMNS, DEPTH, a, 0, DEPTH, 1, b, 0, COLUMNS, c, 0, COLUMNS);
    }

    private static void transposedProduct(float[] a, float[] b, float[] c) {
        TiledProduct.multiply(ROWS, COLUMNS, DEPTH, a, 0, 1, ROWS, b, 0, COLUMNS, c, 0, COLUMNS);
    }
}
