package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whichever tile a start takes, the bits are those of plain Java. */
class PanelTileTest {
    private PanelTile before;

    @BeforeEach
    void remember() {
        assumeTrue(Kernels.vectorized(), "tiles are made of vectors");
        before = PanelTile.used();
    }

    @AfterEach
    void restore() {
        if (before != null) {
            PanelTile.use(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"24,96,1", "25,97,3", "83,131,65", "270,100,257", "29,160,300"})
    void everyTileGivesTheBitsOfPlainJava(int m, int n, int k) {
        Random random = new Random(m);
        float[] a = random(random, m * k);
        float[] b = random(random, k * n);
        float[] plain = random(random, m * n);
        float[] start = plain.clone();
        PlainProducts.multiply(m, n, k, a, 0, k, b, 0, n, plain, 0, n);
        for (PanelTile tile : PanelTile.values()) {
            if (tile.fits()) {
                PanelTile.use(tile);
                float[] c = start.clone();
                TiledProduct.multiply(m, n, k, a, 0, k, 1, b, 0, n, c, 0, n);
                assertThat(c).as(tile.text()).isEqualTo(plain);
            }
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
