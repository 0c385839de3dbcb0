package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks that vectors move, at every place in an array, its very ends too. */
class TransposingTest {
    private static final int MOST_COLUMNS = 35;

    @ParameterizedTest(name = "rows={0}")
    @ValueSource(ints = {1, 3, 4, 5, 8, 9, 15, 16, 17, 31, 33, 48})
    void transposesAsPlainJavaDoes(int rows) {
        assumeTrue(Kernels.vectorized(), "blocks are made of vectors");
        for (int columns = 1; columns < MOST_COLUMNS; columns++) {
            for (int gap = 0; gap < 2; gap++) {
                float[] x = numbers(rows * (columns + gap) - gap);
                float[] y = new float[columns * (rows + gap)];
                float[] plain = y.clone();
                Packing.transpose(rows, columns, x, 0, columns + gap, y, 0, rows + gap);
                PlainRows.transpose(rows, columns, x, 0, columns + gap, plain, 0, rows + gap);
                assertThat(y).as("%d columns, gap %d", columns, gap).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest(name = "height={0}")
    @ValueSource(ints = {Tiles.ROWS, WideTiles.ROWS})
    void panelsHaveTheirRowsSideBySide(int height) {
        assumeTrue(Kernels.vectorized(), "blocks are made of vectors");
        for (int m = 1; m < MOST_COLUMNS; m++) {
            for (int k : new int[] {1, 7, 8, 9, 16, 23, 24, 64}) {
                float[] x = numbers(m * k);
                assertThat(panel(height, m, k, x)).as("%d x %d", m, k).isEqualTo(plainPanel(height, m, k, x));
            }
        }
    }

    private static float[] panel(int height, int m, int k, float[] a) {
        int at = 5;
        float[] left = new float[at + Packing.panelLength(height, k)];
        Packing.panel(height, m, k, a, 0, m, left, at);
        return Arrays.copyOfRange(left, at, at + height * k);
    }

    private static float[] plainPanel(int height, int m, int k, float[] a) {
        float[] left = new float[height * k];
        for (int i = 0; i < height; i++) {
            for (int p = 0; p < k; p++) {
                left[p * height + i] = a[Math.min(i, m - 1) + p * m];
            }
        }
        return left;
    }

    private static float[] numbers(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = i + 1;
        }
        return x;
    }
}
