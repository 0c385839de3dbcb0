package io.gradstream.model.kernels;

/**
 * Constants of the polynomials behind exp, tanh, log and the normal distribution, shared by the plain and the vector
 * version.
 *
 * <p>The polynomials are minimax fits made for this project (linear programming on Chebyshev nodes, coefficients fixed
 * to floats one by one, the rest fitted again). The reductions are the classic ones: Cody and Waite, "Software Manual
 * for the Elementary Functions", 1980; the form of the normal tail is Abramowitz and Stegun 7.1.26.
 */
final class Coefficients {
    /** Adding 1.5 * 2^23 rounds to an integer, which then sits in the low bits of the sum. */
    static final float ROUND = 12582912f;

    static final int ROUND_BITS = 0x4b400000;
    static final int SIGN_BIT = 0x80000000;
    static final int EXPONENT_SHIFT = 23;

    static final float LOG2_E = 1.44269504f;
    /** ln 2 in two parts; the high one has 9 bits, so its product with a small integer is exact. */
    static final float LN2_HIGH = 0.693359375f;

    static final float LN2_LOW = -2.12194440e-4f;
    static final float LN2 = 0.693147181f;

    /** Above, exp is infinite. */
    static final float EXP_HIGHEST = 88.72284f;
    /** Below, exp is 0: the results stay clear of denormals, which are slow and of no use. */
    static final float EXP_LOWEST = -86.98f;
    /** exp(r) = 1 + r + r² q(r) on |r| ≤ ln(2)/2, relative error 3.2e-9; these give 2 q. */
    static final float EXP_0 = 2 * 0x1.fffffcp-2f;

    static final float EXP_1 = 2 * 0x1.555492p-3f;
    static final float EXP_2 = 2 * 0x1.5558bcp-5f;
    static final float EXP_3 = 2 * 0x1.1239c6p-7f;
    static final float EXP_4 = 2 * 0x1.6a415ep-10f;
    /** Bits of 1/2 and of 1: the scale 2^(n-1) or 2^n is one of them plus n in the exponent. */
    static final int HALF_BITS = 0x3f000000;

    static final int ONE_BITS = 0x3f800000;

    /** exp(r) - 1 = r + r² q(r) on |r| ≤ ln(2)/2, relative error 1.4e-8. */
    static final float EXPM1_0 = 0.5f;

    static final float EXPM1_1 = 0x1.5554b0p-3f;
    static final float EXPM1_2 = 0x1.5554ccp-5f;
    static final float EXPM1_3 = 0x1.1227fap-7f;
    static final float EXPM1_4 = 0x1.6d6c7cp-10f;
    /** From here on tanh is 1 to the last bit. */
    static final float TANH_SATURATED = 10f;

    /** log(1 + f) = f - f²/2 + f³ q(f) on [√½ - 1, √2 - 1], relative error 5.9e-9. */
    static final float LOG_0 = 0x1.555554p-2f;

    static final float LOG_1 = -0x1.000226p-2f;
    static final float LOG_2 = 0x1.99a01cp-3f;
    static final float LOG_3 = -0x1.54728cp-3f;
    static final float LOG_4 = 0x1.22d936p-3f;
    static final float LOG_5 = -0x1.0d8232p-3f;
    static final float LOG_6 = 0x1.055e62p-3f;
    static final float LOG_7 = -0x1.38c910p-4f;
    /** Bits of √½: where the exponent of log's reduced argument changes. */
    static final int ROOT_HALF_BITS = 0x3f3504f3;

    static final float ROOT_TWO_LESS_ONE = 0.41421356f;
    static final float TWO_TO_23 = 8388608f;

    /** 1 - Φ(a) = exp(-a²/2) t P(t), t = 1 / (1 + 0.3 a), for a in [0, 13]: error 4e-8 relative up to a = 3. */
    static final float TAIL_RATE = 0.3f;

    static final float TAIL_0 = 0x1.ea07eap-4f;
    static final float TAIL_1 = 0x1.ee5f4ap-4f;
    static final float TAIL_2 = 0x1.99856ap-4f;
    static final float TAIL_3 = 0x1.0883f6p-3f;
    static final float TAIL_4 = -0x1.cb7f9cp-5f;
    static final float TAIL_5 = 0x1.ae4f7ap-3f;
    static final float TAIL_6 = -0x1.478a12p-3f;
    static final float TAIL_7 = 0x1.2a80f2p-5f;
    /** 1 / √(2π). */
    static final float DENSITY_AT_0 = 0.398942280f;

    /** GELU's tanh form is x sigmoid(2u), u = √(2/π) (x + 0.044715 x³); these are of 2u. */
    static final float GELU_TANH_LINEAR = 1.59576912f;

    static final float GELU_TANH_CUBIC = 0.0713548163f;
    /** Beyond ±20, sigmoid(2u) is 0 or 1, and x² could overflow. */
    static final float GELU_TANH_BOUND = 20f;

    private Coefficients() {}
}
