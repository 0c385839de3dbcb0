package io.gradstream.model.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.Weights;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Optimizers over hundreds of steps against the same in double precision, with gradients from 1e-9 to 1e6.
 *
 * <p>The bound: a step rounds the weight once, by 2^-24 of it at most, and its change by eight times as much; so after n steps an error
 * is at most 2^-24 (n · largest |w| + 8 · sum of |changes|). The weight of FTRL is a sum, divided anew in each step: for |w| stands what is
 * summed, so divided.
 */
class OptimizerAccuracyTest {
    private static final int WEIGHTS = 64;
    private static final int STEPS = 400;
    private static final double HALF_UNIT = 0x1p-24;

    /** One weight, one step: w, its two slots, and what stands for its size if it is not |w|, changed by gradient g in step t, from 1. */
    interface Reference {
        void step(double[] weight, double g, int t);
    }

    static Stream<Arguments> optimizers() {
        return Stream.of(
                Arguments.of(new OptimizerSpec.Sgd(0.01f, 0, false), (Reference) (w, g, t) -> w[0] -= 0.01f * g),
                Arguments.of(new OptimizerSpec.Sgd(0.01f, 0.9f, false), (Reference) (w, g, t) -> {
                    w[1] = 0.9f * w[1] + g;
                    w[0] -= 0.01f * w[1];
                }),
                Arguments.of(new OptimizerSpec.Sgd(0.01f, 0.9f, true), (Reference) (w, g, t) -> {
                    w[1] = 0.9f * w[1] + g;
                    w[0] -= 0.01f * (g + 0.9f * w[1]);
                }),
                Arguments.of(new OptimizerSpec.Adagrad(0.05f, 1e-10f), (Reference) (w, g, t) -> {
                    w[1] += g * g;
                    w[0] -= 0.05f * g / (Math.sqrt(w[1]) + 1e-10f);
                }),
                Arguments.of(new OptimizerSpec.RmsProp(0.01f, 0.99f, 1e-8f), (Reference) (w, g, t) -> {
                    w[1] = 0.99f * w[1] + (1 - (double) 0.99f) * g * g;
                    w[0] -= 0.01f * g / (Math.sqrt(w[1]) + 1e-8f);
                }),
                Arguments.of(OptimizerSpec.adam(0.01f), adam(1)),
                Arguments.of(OptimizerSpec.adamW(0.01f, 0.1f), adam(1 - (double) 0.01f * 0.1f)),
                Arguments.of(new OptimizerSpec.Ftrl(0.1f, 1, 0.01f, 0.1f), (Reference) (w, g, t) -> {
                    double after = w[2] + g * g;
                    double before = Math.abs(w[1]);
                    w[1] += g - (Math.sqrt(after) - Math.sqrt(w[2])) / 0.1f * w[0];
                    w[2] = after;
                    double excess = Math.max(0, Math.abs(w[1]) - 0.01f);
                    double divisor = (1 + Math.sqrt(after)) / 0.1f + 0.1f;
                    w[3] = (before + Math.abs(g)) / divisor;
                    w[0] = -Math.signum(w[1]) * excess / divisor;
                }));
    }

    private static Reference adam(double keep) {
        return (w, g, t) -> {
            w[1] = 0.9 * w[1] + 0.1 * g;
            w[2] = 0.999 * w[2] + 0.001 * g * g;
            double mean = w[1] / (1 - Math.pow(0.9, t));
            double root = Math.sqrt(w[2] / (1 - Math.pow(0.999, t)));
            w[0] = w[0] * keep - 0.01f * mean / (root + 1e-8f);
        };
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void staysCloseToDoublePrecision(OptimizerSpec spec, Reference reference) {
        ParameterLayout layout = new ParameterLayout();
        layout.parameter("w", Shape.of(WEIGHTS), Filling.ZEROS);
        Weights weights = Weights.create(layout, 1, 0);
        Optimizer optimizer =
                new Optimizer(spec, new ScheduleSpec.Constant(), Clipping.NONE, Regularisation.NONE, weights);
        double[][] exact = new double[WEIGHTS][4];
        double[] path = new double[WEIGHTS];
        double[] largest = new double[WEIGHTS];
        float[] gradient = new float[weights.dense().length];
        Random random = new Random(3);
        double worst = 0;
        for (int t = 1; t <= STEPS; t++) {
            for (int i = 0; i < WEIGHTS; i++) {
                gradient[i] = (float) ((random.nextGaussian() + 0.3) * Math.pow(10, i % 16 - 9));
                double before = exact[i][0];
                reference.step(exact[i], gradient[i], t);
                path[i] += Math.abs(exact[i][0] - before);
                largest[i] = Math.max(largest[i], Math.max(Math.abs(exact[i][0]), exact[i][3]));
            }
            optimizer.step(t - 1, gradient, List.of());
            for (int i = 0; i < WEIGHTS; i++) {
                double error = Math.abs(weights.dense()[i] - exact[i][0]);
                worst = Math.max(worst, error / (HALF_UNIT * (t * largest[i] + 8 * path[i]) + 1e-30));
            }
        }
        System.out.printf("%s: %.2f of the bound%n", spec, worst);
        assertThat(worst).isLessThan(1);
    }
}
