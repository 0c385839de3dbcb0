package io.gradstream.benchmarks.peers;

import io.gradstream.model.kernels.ActivationKernels;
import java.util.List;
import java.util.Random;

/** exp, tanh and the sigmoid beside loops over java.lang.Math. */
final class Functions {
    private static final int SIZE = 4096;

    private Functions() {}

    static List<Duel> all(long seed) {
        float[] x = DuelParts.normal(new Random(seed), SIZE);
        float[] y = new float[SIZE];
        return List.of(
                new Duel("exp", SIZE, () -> ActivationKernels.exp(x, 0, y, 0, SIZE), () -> exp(x, y)),
                new Duel("tanh", SIZE, () -> ActivationKernels.tanh(x, 0, y, 0, SIZE), () -> tanh(x, y)),
                new Duel("sigmoid", SIZE, () -> ActivationKernels.sigmoid(x, 0, y, 0, SIZE), () -> sigmoid(x, y)));
    }

    private static void exp(float[] x, float[] y) {
        for (int i = 0; i < SIZE; i++) {
            y[i] = (float) Math.exp(x[i]);
        }
    }

    private static void tanh(float[] x, float[] y) {
        for (int i = 0; i < SIZE; i++) {
            y[i] = (float) Math.tanh(x[i]);
        }
    }

    private static void sigmoid(float[] x, float[] y) {
        for (int i = 0; i < SIZE; i++) {
            y[i] = (float) (1 / (1 + Math.exp(-x[i])));
        }
    }
}
