package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number that is not finite is found wherever it is, and no other number is taken for one. */
class FiniteTest {
    private static final int AT = 3;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 63, 64, 65, 127, 128, 130, 200, 257})
    void isFoundAtEachPlace(int n) {
        float[] x = new float[AT + n + 5];
        Arrays.fill(x, Float.NaN);
        for (int i = 0; i < n; i++) {
            x[AT + i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
        }
        assertThat(Kernels.allFinite(x, AT, n)).isTrue();
        for (int i = 0; i < n; i++) {
            float before = x[AT + i];
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                x[AT + i] = bad;
                assertThat(Kernels.allFinite(x, AT, n))
                        .as("%s at %d of %d", bad, i, n)
                        .isFalse();
            }
            x[AT + i] = before;
        }
    }
}
