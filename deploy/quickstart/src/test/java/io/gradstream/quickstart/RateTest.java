package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final long SECOND = 1_000_000_000L;
    private final Rate rate = new Rate(Duration.ofSeconds(3));

    @Test
    void isNothingBeforeTheSecondSample() {
        assertThat(rate.perSecond()).isZero();
        rate.add(5 * SECOND, 100);
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void isOverTheLastSecondsOnly() {
        for (int second = 0; second <= 10; second++) {
            rate.add(second * SECOND, second <= 5 ? 0 : (second - 5) * 1000L);
        }
        assertThat(rate.perSecond()).isEqualTo(1000);
    }

    @Test
    void fallsToNothingWhenNothingComes() {
        for (int second = 0; second <= 10; second++) {
            rate.add(second * SECOND, 1000);
        }
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void beginsAnewWhenTheCountDoes() {
        rate.add(0, 1_000_000);
        rate.add(SECOND, 10);
        rate.add(2 * SECOND, 30);
        assertThat(rate.perSecond()).isEqualTo(20);
    }
}
