package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far each function is from its value in double precision, in units in the last place, over floats of all sizes and signs. */
class FunctionAccuracyTest {
    /** Coprime to the powers of two, so that every exponent is met with mantissas of all kinds. */
    private static final int STRIDE = 4099;

    private static final int BLOCK = 1021;

    /** Below it a result may be flushed to 0. */
    private static final float SMALLEST = 2 * Float.MIN_NORMAL;

    enum Function {
        EXP(1, Math::exp, ActivationKernels::exp),
        LOG(2, Math::log, ActivationKernels::log),
        TANH(3, Math::tanh, ActivationKernels::tanh),
        SIGMOID(3, x -> 1 / (1 + Math.exp(-x)), ActivationKernels::sigmoid),
        SOFTPLUS(2, x -> x > 40 ? x : Math.log1p(Math.exp(x)), ActivationKernels::softplus);

        private final double units;
        private final DoubleUnaryOperator exact;
        private final Kernel kernel;

        Function(double units, DoubleUnaryOperator exact, Kernel kernel) {
            this.units = units;
            this.exact = exact;
            this.kernel = kernel;
        }
    }

    interface Kernel {
        void apply(float[] x, int xAt, float[] y, int yAt, int n);
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void isWithinItsUnitsInTheLastPlace(Function function) {
        float[] x = new float[BLOCK];
        float[] y = new float[BLOCK];
        double worst = 0;
        float worstAt = 0;
        long bits = Integer.MIN_VALUE;
        while (bits <= Integer.MAX_VALUE) {
            for (int i = 0; i < BLOCK; i++, bits += STRIDE) {
                x[i] = Float.intBitsToFloat((int) bits);
            }
            function.kernel.apply(x, 0, y, 0, BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                double error = error(function.exact.applyAsDouble(x[i]), y[i]);
                if (error > worst) {
                    worst = error;
                    worstAt = x[i];
                }
            }
        }
        System.out.printf("%s: at most %.2f units in the last place, at %s%n", function, worst, worstAt);
        assertThat(worst).isLessThanOrEqualTo(function.units);
    }

    /** In units of the exact value's last place; below {@link #SMALLEST} they may be flushed to 0. */
    private static double error(double exact, float found) {
        if (Double.isNaN(exact)) {
            return Float.isNaN(found) ? 0 : Double.POSITIVE_INFINITY;
        }
        float rounded = (float) exact;
        if (Float.isInfinite(rounded) || Math.abs(rounded) < SMALLEST) {
            boolean fits = Math.abs(rounded) < SMALLEST
                    ? Math.abs(found - exact) <= SMALLEST
                    : found == rounded || found == Math.copySign(Float.MAX_VALUE, rounded);
            return fits ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(found - exact) / Math.ulp(rounded);
    }
}
