package io.gradstream.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {
    @Test
    void binsAreInOrderAndFine() {
        Set<Integer> used = new HashSet<>();
        int lastLow = 0;
        int lastHigh = ScoreHistogram.BINS - 1;
        for (float distance = 0x1p-20f; distance < 0.5f; distance *= 1.0001f) {
            int low = ScoreHistogram.bin(distance);
            int high = ScoreHistogram.bin(1 - distance);
            assertThat(low).isBetween(lastLow, high - 1);
            assertThat(high).isBetween(low + 1, lastHigh);
            if (distance > 0x1p-17f) {
                assertThat(ScoreHistogram.bin(distance * 1.004f))
                        .as("a bin is narrow at %s", distance)
                        .isGreaterThan(low);
            }
            used.add(lastLow = low);
            used.add(lastHigh = high);
        }
        assertThat(used.size()).as("hardly a bin is useless").isGreaterThan(ScoreHistogram.BINS * 95 / 100);
        assertThat(ScoreHistogram.bin(0)).isZero();
        assertThat(ScoreHistogram.bin(-0.0f)).isZero();
        assertThat(ScoreHistogram.bin(Float.MIN_VALUE)).isZero();
        assertThat(ScoreHistogram.bin(1)).isEqualTo(ScoreHistogram.BINS - 1);
        assertThat(ScoreHistogram.bin(0.5f)).isGreaterThan(ScoreHistogram.bin(Math.nextDown(0.5f)));
    }

    /** Scores of rare events are all near 0, where bins of equal width would see nothing. */
    @Test
    void theErrorIsSmallForRareEventsToo() {
        Random random = new Random(1);
        ScoreHistogram histogram = new ScoreHistogram();
        for (int i = 0; i < 200_000; i++) {
            boolean one = random.nextInt(1000) == 0;
            histogram.add((float) (1e-3 * Math.exp((one ? 1 : 0) + random.nextGaussian())), one);
        }

        assertThat(histogram.area()).isBetween(0.7, 0.82);
        assertThat(histogram.error()).isLessThan(0.001);
    }
}
