package io.gradstream.model;

import static io.gradstream.model.ExtremeLogits.LOGITS;
import static io.gradstream.model.ExtremeLogits.SMALLEST;
import static io.gradstream.model.ExtremeLogits.UNITS;
import static io.gradstream.model.ExtremeLogits.check;
import static io.gradstream.model.ExtremeLogits.evaluate;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.Focal;
import io.gradstream.model.losses.Hinge;
import io.gradstream.model.losses.Huber;
import io.gradstream.model.losses.MeanAbsoluteError;
import io.gradstream.model.losses.MeanSquaredError;
import io.gradstream.model.losses.Poisson;
import io.gradstream.model.losses.Quantile;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Losses, their gradients and softmax over logits of all sizes up to the largest float, against double precision, in units in the last
 * place of the exact value: at most 4. Where the exponent of a probability is the difference of two logits, rounding that difference d
 * to a float, by half a unit of its own, alone costs up to |d| units; that much is allowed beside the 4. A loss that is more than the
 * largest float is at least a quarter of it, and no NaN.
 */
class ExtremeLogitsTest {
    @Test
    void binaryCrossEntropy() {
        for (float size : LOGITS) {
            for (float z : new float[] {size, -size}) {
                for (float t : new float[] {0, 1}) {
                    double x = t == 1 ? -z : z;
                    double slope = sigmoid(x) * (t == 1 ? -1 : 1);
                    check(new BinaryCrossEntropy(), new float[] {z}, t, softplus(x), new double[] {slope}, UNITS);
                }
            }
        }
    }

    /** Its focus is a power of a probability: rounding its exponent costs as many units. */
    @Test
    void focal() {
        float gamma = 2;
        for (float size : LOGITS) {
            for (float z : new float[] {size, -size}) {
                for (float t : new float[] {0, 1}) {
                    double x = t == 1 ? z : -z;
                    double focus = Math.exp(-gamma * softplus(x));
                    double slope = -focus * (sigmoid(-x) + gamma * sigmoid(x) * softplus(-x));
                    double[] slopes = {t == 1 ? slope : -slope};
                    double units = UNITS + 2 * Math.min(90, gamma * softplus(x));
                    check(new Focal(gamma, Optional.empty()), new float[] {z}, t, focus * softplus(-x), slopes, units);
                }
            }
        }
    }

    @Test
    void lossesOfNumbers() {
        for (float size : LOGITS) {
            for (float y : new float[] {size, -size}) {
                for (float t : new float[] {0, 0.3f, 1, 2, -1e30f, -Float.MAX_VALUE, Float.MAX_VALUE}) {
                    double d = (double) y - t;
                    check(new MeanAbsoluteError(), new float[] {y}, t, Math.abs(d), new double[] {Math.signum(d)}, 1);
                    double of = 2 * d;
                    check(new MeanSquaredError(), new float[] {y}, t, d * d, new double[] {of}, 2);
                    double bent = Math.abs(d) <= 1 ? d * d / 2 : Math.abs(d) - 0.5;
                    check(new Huber(1), new float[] {y}, t, bent, new double[] {Math.max(-1, Math.min(1, d))}, 2);
                    double pinball = d < 0 ? -0.75 * d : 0.25 * d;
                    double slope = d < 0 ? -0.75 : d > 0 ? 0.25 : 0;
                    check(new Quantile(0.75f), new float[] {y}, t, pinball, new double[] {slope}, 2);
                }
                for (float t : new float[] {0, 1}) {
                    double margin = 1 - (2.0 * t - 1) * y;
                    double[] slope = {margin > 0 ? 1 - 2 * t : 0};
                    check(new Hinge(), new float[] {y}, t, Math.max(0, margin), slope, 1);
                }
            }
        }
    }

    /** Of the larger of its two terms, whose difference may be anything. */
    @Test
    void poisson() {
        for (float size : LOGITS) {
            for (float z : new float[] {size, -size}) {
                for (float t : new float[] {0, 1, 7, 1e30f}) {
                    float[] gradient = new float[1];
                    float loss = evaluate(new Poisson(), new float[] {z}, t, gradient);
                    double rate = Math.min(Math.exp(z), Float.MAX_VALUE);
                    double wanted = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, rate - (double) t * z));
                    double unit = Math.ulp((float) Math.max(rate, Math.min(Float.MAX_VALUE, Math.abs((double) t * z))));
                    assertThat(Math.abs(loss - wanted))
                            .as("z %s, t %s", z, t)
                            .isLessThanOrEqualTo(Math.max(2 * unit, SMALLEST));
                    double ofSlope = Math.ulp((float) Math.max(rate, t));
                    assertThat(Math.abs(gradient[0] - (rate - t))).isLessThanOrEqualTo(Math.max(2 * ofSlope, SMALLEST));
                }
            }
        }
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
