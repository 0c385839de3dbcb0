package io.gradstream.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    private static double read(String text) throws UndecodableException {
        byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.UTF_8);
        return NumberText.read(bytes, 1, bytes.length - 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+0.0",
                "1",
                "+1",
                "5.",
                ".5",
                "-.5e1",
                "1e0",
                "1E+2",
                "1e-2",
                "00012",
                "0.000",
                "-0e999999999999",
                "9007199254740992",
                "9007199254740993",
                "9007199254740992e22",
                "9007199254740992e23",
                "1e22",
                "1e23",
                "1e-22",
                "1e-23",
                "0.1",
                "0.3",
                "123456789012345678",
                "1234567890123456789",
                "12345678901234567890123456789",
                "4.9e-324",
                "2e-324",
                "1e-400",
                "1e308",
                "1.7976931348623159e308",
                "1e400",
                "-1e99999999999999999999",
                "1e-99999999999999999999",
                "0.000000000000000000000000000000000000000012345",
                "100000000000000000000000000000000000000000000000000",
                "000000000000000000000000000000000000000000001.5"
            })
    void roundsAsParseDouble(String text) throws UndecodableException {
        assertThat(Double.doubleToRawLongBits(read(text)))
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @Test
    void roundsRandomNumbersAsParseDouble() throws UndecodableException {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            String text = random(random);
            assertThat(Double.doubleToRawLongBits(read(text)))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }

    private static String random(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong() & 0xBFFF_FFFF_FFFF_FFFFL));
            case 1 -> Float.toString((float) random.nextGaussian() * 1000);
            case 2 -> random.nextInt(100_000) + "." + random.nextInt(10_000);
            default -> (random.nextLong() >> random.nextInt(64)) + "e" + (random.nextInt(60) - 30);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", "+", ".", "-.", "e5", ".e5", "1e", "1e+", "1e5.", "1.2.3", "1,5", "1_000", " 1", "1 ", "0x10",
                "0x1p3", "1f", "1d", "1L", "--1", "+-1", "٣", "１", "n/a", "null", "infinit", "na", "1e5e5", "1\0", "1\n"
            })
    void refusesWhatIsNotWhollyANumber(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith("is not a number: \"");
    }

    @Test
    void readsTheWordsForWhatIsNotFinite() throws UndecodableException {
        assertThat(read("NaN")).isNaN();
        assertThat(read("nan")).isNaN();
        assertThat(read("-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(read("+inf")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(read("INF")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void refusesNumbersOfMoreThan1024Characters() throws UndecodableException {
        assertThat(read("0." + "0".repeat(1021) + "1")).isZero();
        assertThatThrownBy(() -> read("1".repeat(1025))).isInstanceOf(UndecodableException.class);
    }
}
