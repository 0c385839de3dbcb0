package io.gradstream.model.optimizers;

/** Functions of whole steps in plain double arithmetic: the same bits on every JDK, and no garbage. */
final class Powers {
    private Powers() {}

    /** base to a whole power of 0 or more, by squaring. */
    static double of(double base, long exponent) {
        double power = 1;
        double square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }

    /** cos(π x) for x in [0, 1], to about 1e-15: minus the sine of π (x - 1/2), by its series. */
    static double cosineOfPi(double x) {
        double t = Math.PI * (x - 0.5);
        double square = t * t;
        double sum = 0;
        for (int n = 21; n >= 3; n -= 2) {
            sum = (1 + sum) * -square / (n * (n - 1.0));
        }
        return -t * (1 + sum);
    }
}
