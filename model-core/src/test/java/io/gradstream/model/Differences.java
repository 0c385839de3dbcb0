package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.parameters.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Checks gradients against central differences of sum(out * up), for inputs and parameters. */
final class Differences {
    private static final float STEP = 3e-3f;

    private Differences() {}

    /**
     * Checks every element of the inputs that have gradients and of all parameters, up to 200 of each.
     *
     * @param bound on the difference, relative to the largest gradient of its kind
     */
    static void check(LayerBench bench, Random random, double bound) {
        float[] out = bench.forward(true);
        float[] up = new float[out.length];
        for (int i = 0; i < up.length; i++) {
            up[i] = (float) random.nextGaussian();
        }
        bench.backward(up);
        Map<String, float[]> gradients = new HashMap<>();
        for (Parameter parameter : bench.parameters()) {
            gradients.put(parameter.name(), bench.gradient(parameter.name()));
        }
        float[][] ofInputs = new float[bench.inputs()][];
        for (int i = 0; i < bench.inputs(); i++) {
            ofInputs[i] = bench.input(i).gradient() == null ? null : bench.inputGradient(i);
        }
        for (int i = 0; i < bench.inputs(); i++) {
            if (ofInputs[i] != null) {
                compare("input " + i, bench, bench.given(i), 0, ofInputs[i], up, bound);
            }
        }
        for (Parameter parameter : bench.parameters()) {
            float[] came = gradients.get(parameter.name());
            compare(parameter.name(), bench, bench.weights().dense(), parameter.at(), came, up, bound);
        }
    }

    private static void compare(
            String what, LayerBench bench, float[] values, int at, float[] came, float[] up, double bound) {
        double largest = 1e-3;
        for (float gradient : came) {
            largest = Math.max(largest, Math.abs(gradient));
        }
        int stride = Math.max(1, came.length / 200);
        for (int i = 0; i < came.length; i += stride) {
            float before = values[at + i];
            values[at + i] = before + STEP;
            double above = dot(bench.forward(true), up);
            values[at + i] = before - STEP;
            double below = dot(bench.forward(true), up);
            values[at + i] = before;
            double slope = (above - below) / (2.0 * STEP);
            assertThat(Math.abs(slope - came[i]) / largest)
                    .as("%s[%d]: differences say %s, backward %s", what, i, slope, came[i])
                    .isLessThan(bound);
        }
    }

    private static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
    }
}
