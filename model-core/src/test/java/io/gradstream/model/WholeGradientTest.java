package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.layers.Pass;
import io.gradstream.model.losses.Loss;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Weights;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole models, presets among them, from their rows to their loss: the gradient of each parameter and table against differences. */
class WholeGradientTest {
    private static final double BOUND = 1e-2;
    /** One of them is neither too small for a float nor steps over a kink, of ReLU, a maximum or a loss. */
    private static final float[] STEPS = {3e-3f, 1e-2f, 1e-3f, 3e-4f};

    private static final int OF_EACH = 8;

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void gradientsAreThoseOfDifferences(NamedSpec named) {
        Bench bench = new Bench(named.spec());
        bench.loss();
        bench.plan.backward(bench.pass);
        float[] dense = bench.gradients.clone();
        Random random = new Random(9);
        for (Parameter parameter : bench.compiled.layout().parameters()) {
            float[] came = Arrays.copyOfRange(dense, parameter.at(), parameter.at() + parameter.size());
            for (int i = 0; i < Math.min(OF_EACH, came.length); i++) {
                int at = came.length <= OF_EACH ? i : random.nextInt(came.length);
                bench.compare(parameter.name(), bench.weights.dense(), parameter.at() + at, came[at], largest(came));
            }
        }
        for (SparseGradient gradient : bench.plan.sparseGradients()) {
            float[] came = Arrays.copyOf(
                    gradient.values(), gradient.size() * gradient.table().width());
            SparseTable table = bench.weights.table(gradient.table().index());
            assertThat(came).isNotEmpty();
            for (int i = 0; i < OF_EACH; i++) {
                int at = random.nextInt(came.length);
                int place = table.touch(gradient.row(at / gradient.table().width()));
                int column = at % gradient.table().width();
                String name = gradient.table().name();
                bench.compare(name, table.values(place), table.at(place) + column, came[at], largest(came));
            }
        }
    }

    private static double largest(float[] gradient) {
        double largest = 1e-3;
        for (float each : gradient) {
            largest = Math.max(largest, Math.abs(each));
        }
        return largest;
    }

    /** A model before its first step, with the rows of one mini-batch. */
    private static final class Bench {
        private final Compiled compiled;
        private final Plan plan;
        private final Weights weights;
        private final float[] gradients;
        private final double[] statistics;
        private final Pass pass = new Pass();
        private final InputRows inputs;
        private final PendingRows rows;
        private final Loss loss;

        Bench(ModelSpec spec) {
            compiled = Compiled.of(spec);
            int batch = spec.batchSize();
            plan = compiled.plan(batch, true);
            weights = Weights.create(compiled.layout(), spec.seed(), 0);
            Random random = new Random(3);
            for (Parameter parameter : compiled.layout().parameters()) {
                // Off its first values, many of which are 0, where gradients vanish and functions have kinks.
                for (int i = 0; i < parameter.size(); i++) {
                    weights.dense()[parameter.at() + i] += 0.1f * (float) random.nextGaussian();
                }
            }
            gradients = new float[weights.dense().length];
            statistics = weights.statistics().clone();
            inputs = new InputRows(spec, plan);
            rows = new PendingRows(spec.layout(), batch);
            loss = spec.loss().make(batch, compiled.outputs());
            Example example = new Example(spec, 5);
            while (!rows.isFull()) {
                example.next();
                rows.add(example.numbers, 0, example.ids, 0, example.target, example.weight);
            }
        }

        /** The same for the same weights: statistics start anew, and what is dropped depends on the count of steps. */
        double loss() {
            System.arraycopy(statistics, 0, weights.statistics(), 0, statistics.length);
            weights.statisticsChanged();
            Arrays.fill(gradients, 0);
            inputs.load(rows.numbers(), rows.ids(), 0, rows.size());
            pass.learn(weights, gradients, rows.size(), 7);
            plan.forward(pass);
            float[] outputs = plan.output().data();
            float[] slopes = plan.output().gradient();
            return loss.evaluate(outputs, rows.targets(), rows.weights(), rows.size(), slopes);
        }

        void compare(String what, float[] values, int at, float came, double largest) {
            float before = values[at];
            double nearest = Double.MAX_VALUE;
            double wanted = 0;
            for (int i = 0; i < STEPS.length && nearest / largest >= BOUND; i++) {
                float step = STEPS[i];
                values[at] = before + step;
                double above = loss();
                double over = values[at];
                values[at] = before - step;
                double slope = (above - loss()) / (over - values[at]);
                values[at] = before;
                if (Math.abs(slope - came) < nearest) {
                    nearest = Math.abs(slope - came);
                    wanted = slope;
                }
            }
            assertThat(nearest / largest)
                    .as("%s[%d]: differences say %s, backward %s", what, at, wanted, came)
                    .isLessThan(BOUND);
        }
    }
}
