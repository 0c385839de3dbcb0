package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class QuickstartCommandTest {
    private final QuickstartCommand.Pace pace = new QuickstartCommand.Pace();

    @Test
    void readsADuration() {
        assertThat(pace.convert("30s")).isEqualTo(Duration.ofSeconds(30));
        assertThat(pace.convert("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(pace.convert("1H")).isEqualTo(Duration.ofHours(1));
        assertThat(pace.convert("max")).isSameAs(QuickstartCommand.Pace.MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "2", "m", "-1m", "2d", "1.5m", "maximum", "99999999999h"})
    void refusesWhatIsNone(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> pace.convert(text))
                .withMessageContaining("'" + text + "' is neither a time");
    }
}
