package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay() * 86_400;
    private static final long END = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400;

    private static long read(String text) throws UndecodableException {
        byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.UTF_8);
        return TimeText.read(bytes, 1, bytes.length - 2);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01, 0",
        "1970-01-01T00:00, 0",
        "2001-06-30T23:59, 993945540000",
        "2001-06-30 23:59:59, 993945599000",
        "2001-06-30t23:59:59.9z, 993945599900",
        "2001-06-30T23:59:59.123456789Z, 993945599123",
        "1969-12-31T23:59:59.9999Z, -1",
        "2001-06-30T23:59+02:00, 993938340000",
        "2001-06-30T23:59:00-0230, 993954540000",
        "2001-06-30T23:59-02, 993952740000",
        "2000-02-29T00:00Z, 951782400000",
        "2001-06-30T23:59+02:00[Europe/Paris], 993938340000",
        "2001-06-30T23:59:00+00:00:30, 993945510000",
        "0000-01-01, -62167219200000",
        "9999-12-31T23:59:59.999Z, 253402300799999",
        "2001, 2001",
        "0, 0",
        "-1, -1",
        "993945599123, 993945599123",
    })
    void readsTimes(String text, long epochMillis) throws UndecodableException {
        assertThat(read(text)).isEqualTo(epochMillis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "yesterday",
                "2023-11-14T22:13:20+25:00",
                "2023-11-14T22:13:20-99:00",
                "2023-11-14T22:13:20+24",
                "2023-11-14T22:13:20+02:60",
                "2023-11-14T22:13:20+18:00:01",
                "-2001-01-01",
                "2001-1-1",
                "2001-00-10",
                "2001-13-10",
                "2001-02-29",
                "1900-02-29",
                "2001-04-31",
                "2001-01-00",
                "2001-01-32",
                "2001-01-01T",
                "2001-01-01T24:00",
                "2001-01-01T12:60",
                "2001-01-01T12:00:60",
                "2001-01-01T12",
                "2001-01-01T12:00:",
                "2001-01-01T12:00.5",
                "2001-01-01T12:00:00,5",
                "2001-01-01T12:00+",
                "2001-01-01T12:00+1",
                "2001-01-01T12:00+19:00",
                "2001-01-01T12:00+18:01",
                "2001-01-01T12:00+02:60",
                "2001-01-01T12:00ZZ",
                "2001-01-01  12:00",
                "2001-01-01T12:00 ",
                " 2001-01-01",
                "2001/01/01",
                "01.02.2001",
                "12:00",
                "1e12",
                "1.5",
                "+5",
                "99999999999999999999",
                "9223372036854775807",
                "+10000-01-01T00:00Z",
                "9999-12-31T23:59-01:00",
                "2001-01-01T12:00+02:00[Nowhere/City]"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("is not a time: \"" + text + "\"");
    }

    @Test
    void readsWhatJavaTimeWrites() throws UndecodableException {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    FIRST + 86_400 + (long) (random.nextDouble() * (END - FIRST - 2 * 86_400)),
                    random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60 + 1) - 18 * 60));
            OffsetDateTime zoned = instant.atOffset(offset);
            LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
            assertThat(read(zoned.toString())).as(zoned.toString()).isEqualTo(instant.toEpochMilli());
            assertThat(read(instant.toString())).isEqualTo(instant.toEpochMilli());
            assertThat(read(utc.toString())).isEqualTo(instant.toEpochMilli());
            assertThat(read(DateTimeFormatter.ISO_LOCAL_DATE.format(utc)))
                    .isEqualTo(utc.toLocalDate().toEpochDay() * 86_400_000L);
        }
    }
}
