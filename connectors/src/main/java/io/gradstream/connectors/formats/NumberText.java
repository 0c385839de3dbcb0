package io.gradstream.connectors.formats;

import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers in text, rounded exactly as {@link Double#parseDouble} rounds them, and the words NaN and Infinity.
 *
 * <p>A number of at most 15 digits or so needs no string: when its digits fit in 53 bits and its power of ten is at
 * most 22, both are exact doubles, so that one multiplication or division rounds once and correctly (W. D. Clinger, How
 * to read floating point numbers accurately, PLDI 1990, section 3). All others go through {@code parseDouble}. What it
 * would accept beyond decimal numbers (hexadecimal, spaces, a trailing d or f) is refused.
 */
final class NumberText {

    private static final int LONGEST = 1024;
    private static final long EXACT_DIGITS = 1L << 53;
    private static final int MOST_DIGITS = 18;
    private static final int FARTHEST_EXPONENT = 100_000;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private NumberText() {}

    /** Reads a number that fills the whole range. */
    static double read(byte[] bytes, int at, int length) throws UndecodableException {
        int end = at + length;
        int i = at;
        boolean negative = i < end && bytes[i] == '-';
        if (negative || (i < end && bytes[i] == '+')) {
            i++;
        }
        long digits = 0;
        int significant = 0;
        int count = 0;
        int exponent = 0;
        boolean pointSeen = false;
        for (; i < end; i++) {
            byte b = bytes[i];
            if (isDigit(b)) {
                if ((significant > 0 || b != '0') && significant++ < MOST_DIGITS) {
                    digits = digits * 10 + (b - '0');
                }
                count++;
                exponent -= pointSeen ? 1 : 0;
            } else if (b == '.' && !pointSeen) {
                pointSeen = true;
            } else {
                break;
            }
        }
        int exponentAt = i;
        if (count > 0 && i < end && (bytes[i] | 0x20) == 'e') {
            i = endOfExponent(bytes, i, end);
        }
        if (count == 0 || i != end || length > LONGEST) {
            return word(bytes, at, length);
        }
        if (significant <= MOST_DIGITS && digits <= EXACT_DIGITS) {
            exponent += exponentAt == end ? 0 : exponent(bytes, exponentAt + 1, end);
            if (digits == 0) {
                return negative ? -0.0 : 0.0;
            }
            if (exponent >= -22 && exponent <= 22) {
                double value = exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
                return negative ? -value : value;
            }
        }
        return Double.parseDouble(new String(bytes, at, length, StandardCharsets.ISO_8859_1));
    }

    /** Where the digits end of an exponent that begins with the e at {@code at}; {@code at} when it has none. */
    private static int endOfExponent(byte[] bytes, int at, int end) {
        int i = at + 1;
        if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        int first = i;
        while (i < end && isDigit(bytes[i])) {
            i++;
        }
        return i == first ? at : i;
    }

    private static int exponent(byte[] bytes, int at, int end) {
        boolean signed = !isDigit(bytes[at]);
        int value = 0;
        for (int i = signed ? at + 1 : at; i < end && value < FARTHEST_EXPONENT; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return bytes[at] == '-' ? -value : value;
    }

    private static double word(byte[] bytes, int at, int length) throws UndecodableException {
        boolean signed = length > 0 && (bytes[at] == '-' || bytes[at] == '+');
        int from = signed ? at + 1 : at;
        int letters = at + length - from;
        if (Words.equal(bytes, from, letters, "nan")) {
            return Double.NaN;
        }
        if (Words.equal(bytes, from, letters, "infinity") || Words.equal(bytes, from, letters, "inf")) {
            return bytes[at] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        throw new UndecodableException("is not a number: " + Excerpt.quoted(bytes, at, length));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
