package io.gradstream.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @Test
    void partsAreThoseOfJavaTime() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long millis = random.nextLong() >> (12 + i % 40);
            ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
            assertThat(Times.hourOfDay(millis)).isEqualTo(time.getHour());
            assertThat(Times.dayOfWeek(millis)).isEqualTo(time.getDayOfWeek().getValue() - 1);
            assertThat(Times.month(millis)).isEqualTo(time.getMonthValue() - 1);
            double ofDay = time.toLocalTime().toNanoOfDay() / 86_400e9;
            assertThat(Times.ofDay(millis)).isCloseTo(ofDay, within(1e-12));
            assertThat(Times.ofWeek(millis)).isCloseTo((time.getDayOfWeek().getValue() - 1 + ofDay) / 7, within(1e-12));
            assertThat(Times.ofYear(millis))
                    .isCloseTo((time.getMonthValue() - 1 + (time.getDayOfMonth() - 1) / 31.0) / 12, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE})
    void anyLongIsInRange(long millis) {
        assertThat(Times.hourOfDay(millis)).isBetween(0, 23);
        assertThat(Times.dayOfWeek(millis)).isBetween(0, 6);
        assertThat(Times.month(millis)).isBetween(0, 11);
        assertThat(Times.ofDay(millis)).isBetween(0.0, 1.0);
        assertThat(Times.ofWeek(millis)).isBetween(0.0, 1.0);
        assertThat(Times.ofYear(millis)).isBetween(0.0, 1.0);
    }
}
