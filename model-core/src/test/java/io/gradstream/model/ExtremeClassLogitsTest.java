package io.gradstream.model;

import static io.gradstream.model.ExtremeLogits.LOGITS;
import static io.gradstream.model.ExtremeLogits.UNITS;
import static io.gradstream.model.ExtremeLogits.check;
import static io.gradstream.model.ExtremeLogits.evaluate;
import static io.gradstream.model.ExtremeLogits.near;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.losses.CrossEntropy;
import io.gradstream.model.losses.Link;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link ExtremeLogitsTest}, of several classes: softmax and cross entropy. */
class ExtremeClassLogitsTest {
    /** So many summands may cost one unit more. */
    private static final double SUMMED = 64;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 100})
    void crossEntropyAndSoftmax(int classes) {
        Random random = new Random(classes);
        CrossEntropy plain = new CrossEntropy();
        CrossEntropy weighted = new CrossEntropy(Optional.empty(), Optional.of(Collections.nCopies(classes, 2f)));
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
}
