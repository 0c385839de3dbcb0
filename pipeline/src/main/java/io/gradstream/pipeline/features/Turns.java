package io.gradstream.pipeline.features;

/**
 * Sine and cosine of a fraction of a full turn: the same bits on every JDK, and nothing allocated, which StrictMath promises only the
 * first of. The polynomials are those of fdlibm's __kernel_sin and __kernel_cos (Sun Microsystems, 1993), good to less than one unit
 * in the last place of a double.
 */
final class Turns {

    private static final double QUARTER = Math.PI / 2;

    private Turns() {}

    /** sin(2π turns), for 0 ≤ turns ≤ 1. */
    static double sine(double turns) {
        double quarters = Math.rint(turns * 4);
        return ofQuadrant((int) quarters, (turns * 4 - quarters) * QUARTER);
    }

    /** cos(2π turns), for 0 ≤ turns ≤ 1. */
    static double cosine(double turns) {
        double quarters = Math.rint(turns * 4);
        return ofQuadrant((int) quarters + 1, (turns * 4 - quarters) * QUARTER);
    }

    private static double ofQuadrant(int quadrant, double rest) {
        return switch (quadrant & 3) {
            case 0 -> nearSine(rest);
            case 1 -> nearCosine(rest);
            case 2 -> -nearSine(rest);
            default -> -nearCosine(rest);
        };
    }

    /** sin x for |x| ≤ π/4. */
    private static double nearSine(double x) {
        double z = x * x;
        double r = -2.50507602534068634195e-08 + z * 1.58969099521155010221e-10;
        r = 2.75573137070700676789e-06 + z * r;
        r = -1.98412698298579493134e-04 + z * r;
        r = 8.33333333332248946124e-03 + z * r;
        r = -1.66666666666666324348e-01 + z * r;
        return x + x * z * r;
    }

    /** cos x for |x| ≤ π/4. */
    private static double nearCosine(double x) {
        double z = x * x;
        double r = 2.08757232129817482790e-09 + z * -1.13596475577881948265e-11;
        r = -2.75573143513906633035e-07 + z * r;
        r = 2.48015872894767294178e-05 + z * r;
        r = -1.38888888888741095749e-03 + z * r;
        r = 4.16666666666666019037e-02 + z * r;
        return 1 - (z / 2 - z * z * r);
    }
}
