package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.losses.LossSpec;
import java.util.List;

/** Logits of all sizes, and how near to the exact value a loss must be. */
final class ExtremeLogits {
    static final double UNITS = 4;
    /** Below it a result may be 0. */
    static final float SMALLEST = 2 * Float.MIN_NORMAL;
    /** What a sum of a hundred such results may have lost. */
    static final double FLUSHED = 100.0 * SMALLEST;

    static final float[] LOGITS = {
        0,
        1e-6f,
        0.1f,
        0.5f,
        0.7f,
        1,
        1.3f,
        3,
        5,
        10.2f,
        17.3f,
        30,
        60.7f,
        86,
        90,
        120,
        1e4f,
        1e20f,
        1e38f,
        Float.MAX_VALUE
    };

    private ExtremeLogits() {}

    static void check(LossSpec spec, float[] z, float t, double loss, double[] slopes, double units) {
        float[] gradient = new float[z.length];
        near(spec + " of " + List.of(z[0], t), evaluate(spec, z, t, gradient), loss, units);
        for (int k = 0; k < z.length; k++) {
            near(spec + " slope of " + List.of(z[k], t), gradient[k], slopes[k], units);
        }
    }

    static float evaluate(LossSpec spec, float[] z, float t, float[] gradient) {
        return spec.make(1, z.length).evaluate(z, new float[] {t}, new float[] {1}, 1, gradient);
    }

    static void near(String what, float came, double exact, double units) {
        assertThat(came).as(what).isNotNaN();
        if (Math.abs(exact) >= Float.MAX_VALUE) {
            assertThat(Math.abs(came)).as(what).isGreaterThanOrEqualTo(Float.MAX_VALUE / 4);
            assertThat(Math.signum((double) came)).as(what).isEqualTo(Math.signum(exact));
        } else {
            assertThat(Math.abs(came - exact))
                    .as("%s: %s for %s", what, came, exact)
                    .isLessThanOrEqualTo(units * Math.ulp((float) exact) + FLUSHED);
        }
    }
}
