package io.gradstream.quickstart.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacingTest {
    @Test
    void spreadsEventTimeEvenlyOverTheDuration() {
        Pacing pacing = Pacing.over(1_000, 11_000, Duration.ofSeconds(2));

        assertThat(pacing.dueNanos(1_000)).isZero();
        assertThat(pacing.dueNanos(6_000)).isEqualTo(1_000_000_000L);
        assertThat(pacing.dueNanos(11_000)).isEqualTo(2_000_000_000L);
    }

    @Test
    void halfAYearFitsInTwoMinutesToTheMicrosecond() {
        long halfAYear = Duration.ofDays(181).toMillis();

        assertThat(Pacing.over(0, halfAYear, Duration.ofMinutes(2)).dueNanos(halfAYear))
                .isBetween(119_999_999_000L, 120_000_000_000L);
    }

    @Test
    void withoutPaceEverythingIsDueAtOnce() {
        assertThat(Pacing.none().dueNanos(Long.MAX_VALUE / 2)).isZero();
    }

    @Test
    void oneEventIsDueAtOnce() {
        assertThat(Pacing.over(5, 5, Duration.ofMinutes(1)).dueNanos(5)).isZero();
    }

    @Test
    void refusesAStreamThatEndsBeforeItBegins() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pacing.over(5, 4, Duration.ofMinutes(1)))
                .withMessageContaining("4 < 5");
    }
}
