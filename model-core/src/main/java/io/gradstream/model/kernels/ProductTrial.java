package io.gradstream.model.kernels;

import static io.gradstream.model.kernels.Implementation.VECTOR;

/**
 * Tries the tiles of the matrix products, once a JVM, and keeps the first that is not much slower than the best.
 *
 * <p>Which tile computes an element cannot be seen in its bits. But some starts of some JDKs compile a large tile badly (a fiftieth of its
 * speed on JDK 17), and stay with it; so each is warmed up and timed on a block that fits the caches.
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

    private static String result;

    private ProductTrial() {}

    /** Tries them if this JVM has not done so yet; what is used from now on, with its measured speed in GFLOP/s. */
    public static synchronized String run() {
        if (result == null) {
            result = VECTOR ? choose() : "plain Java";
        }
        return result;
    }

    private static String choose() {
        PanelTile[] tiles = PanelTile.values();
        double[] speeds = new double[tiles.length];
        double best = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            for (PanelTile tile : tiles) {
                if (tile.fits()) {
                    speeds[tile.ordinal()] = Math.max(speeds[tile.ordinal()], speed(tile));
                    best = Math.max(best, speeds[tile.ordinal()]);
                }
            }
        }
        for (PanelTile tile : tiles) {
            if (tile.fits() && speeds[tile.ordinal()] * MUCH_FASTER >= best) {
                PanelTile.use(tile);
                break;
            }
        }
        PanelTile used = PanelTile.used();
        return String.format(java.util.Locale.ROOT, "tile %s at %.1f GFLOP/s", used.text(), speeds[used.ordinal()]);
    }

    private static double speed(PanelTile tile) {
        PanelTile before = PanelTile.used();
        PanelTile.use(tile);
        float[] a = new float[ROWS * DEPTH];
        float[] b = new float[DEPTH * COLUMNS];
        float[] c = new float[ROWS * COLUMNS];
        long start = System.nanoTime();
        boolean compiled = false;
        long elapsed = 0;
        while (elapsed < WARM_UP || (!compiled && elapsed < LONGEST_WARM_UP)) {
            product(a, b, c);
            long now = System.nanoTime() - start;
            compiled |= OPERATIONS / (now - elapsed) > COMPILED;
            elapsed = now;
        }
        double best = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            long from = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                product(a, b, c);
            }
            best = Math.max(best, CALLS * OPERATIONS / (System.nanoTime() - from));
        }
        PanelTile.use(before);
        return best;
    }

    private static void product(float[] a, float[] b, float[] c) {
        TiledProduct.multiply(ROWS, COLUMNS, DEPTH, a, 0, DEPTH, 1, b, 0, COLUMNS, c, 0, COLUMNS);
    }
}
