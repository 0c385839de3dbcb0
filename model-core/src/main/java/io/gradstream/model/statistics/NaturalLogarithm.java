package io.gradstream.model.statistics;

/**
 * ln x by a few additions, products and one division, so that every JDK gives the same bits; within 2 ulp of the true value, and several
 * times faster than StrictMath.
 *
 * <p>x = m 2^k with m in [√½, √2), and ln m = 2 artanh(s) = 2 (s + s³/3 + s⁵/5 + …) for s = (m - 1) / (m + 1) (Abramowitz and Stegun,
 * 4.1.29); |s| is at most 0.1716, so that the terms from s²³ on are below the last bit.
 */
final class NaturalLogarithm {
    private static final double SQRT_2 = 1.4142135623730951;
    /** ln 2 in two parts, the first so short that its product with any exponent is exact. */
    private static final double LN_2_HIGH = 0x1.62e42fee00000p-1;

    private static final double LN_2_LOW = 0x1.a39ef35793c76p-33;

    private NaturalLogarithm() {}

    /** ln x for a normal number x above 0. */
    static double of(double x) {
        int exponent = Math.getExponent(x);
        double m = Double.longBitsToDouble(Double.doubleToRawLongBits(x) - ((long) exponent << 52));
        if (m >= SQRT_2) {
            m *= 0.5;
            exponent++;
        }
        double s = (m - 1) / (m + 1);
        double z = s * s;
        // Two chains of every second term: half the latency of one.
        double w = z * z;
        double even = 1.0 / 3 + w * (1.0 / 7 + w * (1.0 / 11 + w * (1.0 / 15 + w * (1.0 / 19))));
        double odd = 1.0 / 5 + w * (1.0 / 9 + w * (1.0 / 13 + w * (1.0 / 17 + w * (1.0 / 21))));
        double series = 2 * s * z * (even + z * odd);
        return exponent * LN_2_HIGH + (2 * s + (series + exponent * LN_2_LOW));
    }
}
