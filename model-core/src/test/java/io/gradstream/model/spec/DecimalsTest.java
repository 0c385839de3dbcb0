package io.gradstream.model.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    /** Among them numbers that JDK 17 and 19 print differently: 2.0E-3, 1.0E23, 2.2E-322. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "-1.5, -1.5",
        "0.1, 0.1",
        "0.001, 0.001",
        "0.00099, 9.9E-4",
        "2.0E-3, 0.002",
        "1.0E23, 1.0E23",
        "2.0E-323, 2.0E-323",
        "2.2E-322, 2.2E-322",
        "4.9E-324, 5.0E-324",
        "1234567, 1234567.0",
        "9999999, 9999999.0",
        "10000000, 1.0E7",
        "123456789012345680, 1.2345678901234568E17",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "8.41E21, 8.41E21",
        "5.0E-324, 5.0E-324",
        "9007199254740993, 9.007199254740992E15",
    })
    void doubles(double value, String text) {
        assertThat(Decimals.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2.0E-3, 0.002",
        "0.1, 0.1",
        "1.0E10, 1.0E10",
        "3.4028235E38, 3.4028235E38",
        "1.17549435E-38, 1.1754944E-38",
        "1.4E-45, 1.0E-45",
        "16777216, 1.6777216E7",
        "33554432, 3.3554432E7",
        "8.5899346E9, 8.589935E9",
        "-0.0, -0.0",
    })
    void floats(float value, String text) {
        assertThat(Decimals.of(value)).isEqualTo(text);
    }

    @Test
    void everyNumberReadsBack() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            float f = Float.intBitsToFloat(random.nextInt());
            double d = Double.longBitsToDouble(random.nextLong());
            if (Float.isFinite(f)) {
                assertThat(Float.parseFloat(Decimals.of(f))).isEqualTo(f);
                assertThat((float) Double.parseDouble(Decimals.of(f))).isEqualTo(f);
                assertThat(Decimals.of(Double.parseDouble(Decimals.of(f)))).isEqualTo(Decimals.of(f));
            }
            if (Double.isFinite(d)) {
                assertThat(Double.parseDouble(Decimals.of(d))).isEqualTo(d);
            }
        }
    }

    @Test
    void onlyFiniteNumbersAreWritten() {
        assertThatThrownBy(() -> Decimals.of(Double.NaN)).hasMessage("a number must be finite, was NaN");
        assertThatThrownBy(() -> Decimals.of(Float.NEGATIVE_INFINITY))
                .hasMessage("a number must be finite, was -Infinity");
    }
}
