package io.gradstream.model.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhiloxTest {
    /** The known answers of Random123's kat_vectors for philox4x32-10; counter words 0 and 1 are the block, 2 and 3 the stream. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0000000000000000, 0000000000000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "299f31d0a4093822, 0370734413198a2e, 85a308d3243f6a88, d16cfe09 94fdcceb 5001e420 24126ea1",
    })
    void givesTheKnownAnswers(String seed, String stream, String block, String words) {
        Philox philox = new Philox(Long.parseUnsignedLong(seed, 16), Long.parseUnsignedLong(stream, 16));
        philox.encrypt(Long.parseUnsignedLong(block, 16));
        assertThat(philox.words())
                .containsExactly(Arrays.stream(words.split(" "))
                        .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                        .toArray());
    }

    @Test
    void drawsDependOnNothingButTheCounter() {
        Philox forward = new Philox(7, 3);
        Philox backward = new Philox(7, 3);
        for (int i = 0; i < 100; i++) {
            backward.bits(99 - i);
            assertThat(backward.uniform(i)).isEqualTo(forward.uniform(i));
            assertThat(backward.normal(i)).isEqualTo(forward.normal(i));
        }
        assertThat(new Philox(8, 3).bits(0)).isNotEqualTo(forward.bits(0));
        assertThat(new Philox(7, 4).bits(0)).isNotEqualTo(forward.bits(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 5, 1L << 33})
    void aFillIsItsDrawsOneByOne(long counter) {
        Philox philox = new Philox(1, 2);
        float[] uniform = new float[21];
        float[] normal = new float[21];
        float[] mask = new float[21];
        philox.fillUniform(-2, 3, counter, uniform, 1, 20);
        philox.fillNormal(1, 0.5f, counter, normal, 1, 20);
        philox.fillMask(0.75f, counter, mask, 1, 20);
        float[] later = new float[15];
        philox.fillMask(0.75f, counter + 5, later, 0, 15);
        for (int i = 0; i < 20; i++) {
            assertThat(uniform[1 + i]).isEqualTo(Math.fma(5f, philox.uniform(counter + i), -2f));
            assertThat(normal[1 + i]).isEqualTo(Math.fma(0.5f, philox.normal(counter + i), 1f));
        }
        assertThat(Arrays.copyOfRange(mask, 6, 21)).isEqualTo(later);
        assertThat(uniform[0]).isZero();
    }

    @Test
    void momentsAreThoseOfTheDistribution() {
        int n = 200_000;
        float[] x = new float[n];
        Philox philox = new Philox(42, 0);
        philox.fillUniform(0, 1, 0, x, 0, n);
        assertMoments(x, 0.5, 1 / 12.0);
        philox.fillNormal(0, 1, 0, x, 0, n);
        assertMoments(x, 0, 1);
        philox.fillMask(0.8125f, 0, x, 0, n);
        assertMoments(x, 1, 0.1875 / 0.8125);
        assertThat(x[0]).isIn(0f, 1 / 0.8125f);
    }

    /** The deviation of a mean is that of one draw over √n; six of them are never exceeded by chance. */
    private static void assertMoments(float[] x, double mean, double variance) {
        double sum = 0;
        double squares = 0;
        for (float v : x) {
            sum += v;
            squares += (v - mean) * (v - mean);
        }
        assertThat(sum / x.length).isCloseTo(mean, within(6 * Math.sqrt(variance / x.length)));
        assertThat(squares / x.length).isCloseTo(variance, within(12 * variance / Math.sqrt(x.length)));
    }

    @Test
    void normalDrawsAreFixedForEver() {
        Philox philox = new Philox(2024, 1);
        float[] x = new float[4096];
        philox.fillNormal(0, 1, 0, x, 0, x.length);
        assertThat(Arrays.hashCode(x)).isEqualTo(-866998288);
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, 1.01f, -0.5f, Float.NaN})
    void aMaskThatKeepsNothingOrMoreThanAllIsRefused(float keep) {
        assertThatThrownBy(() -> new Philox(0, 0).fillMask(keep, 0, new float[1], 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keep must be in");
    }

    @Test
    void keepingAllIsAllOnes() {
        float[] x = new float[1000];
        new Philox(0, 0).fillMask(1f, 0, x, 0, x.length);
        assertThat(x).containsOnly(1f);
    }
}
