package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.losses.BinaryCrossEntropy;
import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.Focal;
import io.gradstream.model.losses.Hinge;
import io.gradstream.model.losses.Huber;
import io.gradstream.model.losses.Link;
import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.MeanAbsoluteError;
import io.gradstream.model.losses.MeanSquaredError;
import io.gradstream.model.losses.Poisson;
import io.gradstream.model.losses.Quantile;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Losses, their gradients and softmax over logits of all sizes up to the largest float, against double precision, in units in the last
 * place of the exact value: at most 4. Where the exponent of a probability is the difference of two logits, rounding that difference d
 * to a float, by half a unit of its own, alone costs up to |d| units; that much is allowed beside the 4. A loss that is more than the
 * largest float is a number as large, so that no step is spoilt by it.
 */
class ExtremeLogitsTest {
    private static final double UNITS = 4;
    /** Below it a result may be 0. */
    private static final float SMALLEST = 2 * Float.MIN_NORMAL;
    /** What a sum of a hundred such results may have lost. */
    private static final double FLUSHED = 100.0 * SMALLEST;

    /** So many summands may cost one unit more. */
    private static final double SUMMED = 64;

    private static final float[] LOGITS = {
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

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 100})
    void crossEntropyAndSoftmax(int classes) {
        Random random = new Random(classes);
        CrossEntropy plain = new CrossEntropy();
        CrossEntropy weighted =
                new CrossEntropy(Optional.empty(), Optional.of(java.util.Collections.nCopies(classes, 2f)));
        for (int round = 0; round < 3000; round++) {
            float[] z = logits(classes, round, random);
            int target = random.nextInt(classes);
            double[] p = new double[classes];
            double loss = reference(z, target, p);
            double units = UNITS + largestDifference(z) + classes / SUMMED;
            checkSoftmax(z, p, target, loss);
            check(plain, z, target, loss, p, units);
            // A row alone: its weight is what the mean is over, too.
            check(weighted, z, target, loss, p, units + 1);
        }
    }

    /** Smoothed, the loss has all differences in it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    void smoothedCrossEntropy(int classes) {
        Random random = new Random(classes);
        for (int round = 0; round < 3000; round++) {
            float[] z = logits(classes, round, random);
            int target = random.nextInt(classes);
            double[] p = new double[classes];
            reference(z, target, p);
            float smoothing = 0.125f;
            double loss = 0;
            for (int k = 0; k < classes; k++) {
                double q = smoothing / classes + (k == target ? 1 - smoothing : 0);
                loss += q * reference(z, k, new double[classes]);
                p[k] += (k == target ? 1 : 0) - q;
            }
            float[] gradient = new float[classes];
            float came = evaluate(new CrossEntropy(Optional.of(smoothing), Optional.empty()), z, target, gradient);
            near("loss", came, loss, UNITS + classes);
            for (int k = 0; k < classes; k++) {
                assertThat((double) gradient[k]).isCloseTo(p[k], org.assertj.core.data.Offset.offset(4e-7));
            }
        }
    }

    /** Every third row has logits of one size, every third a large number in common. */
    private static float[] logits(int classes, int round, Random random) {
        float[] z = new float[classes];
        for (int k = 0; k < classes; k++) {
            float logit = LOGITS[random.nextInt(LOGITS.length)] * (random.nextBoolean() ? 1 : -1);
            z[k] = switch (round % 3) {
                case 0 -> logit;
                case 1 -> (float) random.nextGaussian() * 10;
                default -> 1e6f + (float) random.nextGaussian() * 5;
            };
        }
        return z;
    }

    private static void checkSoftmax(float[] z, double[] slopes, int target, double loss) {
        float[] p = new float[z.length];
        Link.SOFTMAX.apply(z, p, 0, 1, z.length);
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            double wanted = k == target ? Math.exp(-loss) : slopes[k];
            near("p " + k, p[k], wanted, UNITS + z.length / SUMMED + Math.min(90, max(z) - z[k]));
            sum += p[k];
        }
        assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
    }

    /** The loss; and softmax, with 1 less at the target, in {@code p}. */
    private static double reference(float[] z, int target, double[] p) {
        int largest = 0;
        for (int k = 0; k < z.length; k++) {
            largest = z[k] > z[largest] ? k : largest;
        }
        double others = 0;
        for (int k = 0; k < z.length; k++) {
            p[k] = Math.exp((double) z[k] - z[largest]);
            others += k == largest ? 0 : p[k];
        }
        double rest = 0;
        for (int k = 0; k < z.length; k++) {
            p[k] /= 1 + others;
            rest += k == target ? 0 : p[k];
        }
        p[target] = -rest;
        return (double) z[largest] - z[target] + Math.log1p(others);
    }

    private static double max(float[] z) {
        double max = Double.NEGATIVE_INFINITY;
        for (float each : z) {
            max = Math.max(max, each);
        }
        return max;
    }

    /** Of those that leave a probability above 0. */
    private static double largestDifference(float[] z) {
        double largest = 0;
        for (float each : z) {
            double difference = max(z) - each;
            largest = difference < 90 ? Math.max(largest, difference) : largest;
        }
        return largest;
    }

    private static void check(LossSpec spec, float[] z, float t, double loss, double[] slopes, double units) {
        float[] gradient = new float[z.length];
        near(spec + " of " + List.of(z[0], t), evaluate(spec, z, t, gradient), loss, units);
        for (int k = 0; k < z.length; k++) {
            near(spec + " slope of " + List.of(z[k], t), gradient[k], slopes[k], units);
        }
    }

    private static float evaluate(LossSpec spec, float[] z, float t, float[] gradient) {
        return spec.make(1, z.length).evaluate(z, new float[] {t}, new float[] {1}, 1, gradient);
    }

    private static void near(String what, float came, double exact, double units) {
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

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
