package io.gradstream.model.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as text, the same on every JDK: Double.toString changed its digits in JDK 19 (2.0E-3f and 1.0E23 came out longer before), and
 * the hash of a spec must not.
 *
 * <p>How: the exact value is rounded to 1, 2, 3 ... digits, half to even, until the text reads back as the same number. Layout as
 * Double.toString has it: a decimal point from 0.001 up to 10^7, else {@code 1.0E-5}.
 */
final class Decimals {
    private Decimals() {}

    static String of(double value) {
        return layout(value, rounded(value, false));
    }

    /** The fewest digits that read back as the same float, also when they are read as a double first. */
    static String of(float value) {
        return layout(value, rounded(value, true));
    }

    /** Of a Float or Double. */
    static String of(Number value) {
        return value instanceof Float number ? of(number.floatValue()) : of(value.doubleValue());
    }

    private static BigDecimal rounded(double value, boolean asFloat) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("a number must be finite, was " + value);
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            double back = Double.parseDouble(rounded.toString());
            if (asFloat ? (float) back == (float) value : back == value) {
                return rounded;
            }
        }
    }

    private static String layout(double value, BigDecimal rounded) {
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal size = rounded.abs().stripTrailingZeros();
        int exponent = size.precision() - size.scale() - 1;
        if (exponent >= -3 && exponent < 7) {
            return sign + (size.scale() < 1 ? size.setScale(1) : size).toPlainString();
        }
        String digits = size.unscaledValue().toString();
        return sign + digits.charAt(0) + '.' + (digits.length() == 1 ? "0" : digits.substring(1)) + 'E' + exponent;
    }
}
