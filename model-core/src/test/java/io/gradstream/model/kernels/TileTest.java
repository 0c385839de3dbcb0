package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whichever tiles a start takes, the bits are those of plain Java. */
class TileTest {
    private Tile rows;
    private Tile panel;

    @BeforeEach
    void remember() {
        assumeTrue(Kernels.vectorized(), "tiles are made of vectors");
        rows = RowTile.used();
        panel = PanelTile.used();
    }

    @AfterEach
    void restore() {
        if (rows != null) {
            rows.use();
            panel.use();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7,40,33",
        "9,32,31",
        "15,100,40",
        "24,96,1",
        "25,97,3",
        "83,131,65",
        "270,100,257",
        "29,160,300",
        "66,17,31"
    })
    void everyTileGivesTheBitsOfPlainJava(int m, int n, int k) {
        Random random = new Random(m);
        float[] a = random(random, m * k);
        float[] b = random(random, k * n);
        float[] start = random(random, m * n);
        float[] plain = start.clone();
        PlainProducts.multiply(m, n, k, a, 0, k, b, 0, n, plain, 0, n);
        for (Tile tile : RowTile.values()) {
            check(tile, start, plain, c -> TiledProduct.multiply(m, n, k, a, 0, k, 1, b, 0, n, c, 0, n));
        }
        float[] transposed = new float[m * k];
        PlainRows.transpose(m, k, a, 0, k, transposed, 0, m);
        for (Tile tile : PanelTile.values()) {
            check(tile, start, plain, c -> TiledProduct.multiply(m, n, k, transposed, 0, 1, m, b, 0, n, c, 0, n));
        }
    }

    private static void check(Tile tile, float[] start, float[] plain, Consumer<float[]> product) {
        if (tile.fits()) {
            tile.use();
            float[] c = start.clone();
            product.accept(c);
            assertThat(c).as(tile.text()).isEqualTo(plain);
        }
    }

    private static float[] random(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
