package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sums against double precision. Each of 16 lanes rounds n / 16 times, and the tree over them 4 times, by at most 2^-24 of what is
 * there: an error is at most (n / 16 + 5) 2^-24 times the sum of the absolute values, and of a product's, 1 more.
 */
class SumAccuracyTest {
    @ParameterizedTest(name = "n={0}")
    @ValueSource(ints = {1, 13, 16, 17, 207, 702, 100_003})
    void sumsAreWithinTheirBound(int n) {
        Random random = new Random(n);
        float[] x = new float[n];
        float[] y = new float[n];
        double sum = 0;
        double size = 0;
        double dot = 0;
        double dotSize = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            x[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
            y[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
            sum += x[i];
            size += Math.abs(x[i]);
            dot += (double) x[i] * y[i];
            dotSize += Math.abs((double) x[i] * y[i]);
            squares += (double) x[i] * x[i];
        }
        double bound = (n / 16 + 5) * 0x1p-24;
        assertThat(Math.abs(Kernels.sum(x, 0, n) - sum)).isLessThanOrEqualTo(bound * size);
        assertThat(Math.abs(Kernels.dot(x, 0, y, 0, n) - dot)).isLessThanOrEqualTo((bound + 0x1p-24) * dotSize);
        assertThat(Math.abs(Kernels.sumOfSquares(x, 0, n) - squares)).isLessThanOrEqualTo((bound + 0x1p-24) * squares);
    }

    /** What is large and cancels leaves an error of the size of what cancelled, and no NaN. */
    @ParameterizedTest(name = "n={0}")
    @ValueSource(ints = {2, 16, 34, 1000})
    void whatCancelsIsZero(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = i % 2 == 0 ? Float.MAX_VALUE / n : -Float.MAX_VALUE / n;
        }
        assertThat(Kernels.sum(x, 0, n)).isEqualTo(0f);
    }
}
