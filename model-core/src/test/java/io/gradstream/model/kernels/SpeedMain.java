package io.gradstream.model.kernels;

import java.util.Locale;
import java.util.Random;

/** The program that {@code SpeedTest} starts: prints, line by line, how many times as fast as plain Java each kernel is. */
final class SpeedMain {
    private static final long TURN = 4_000_000;
    /** So long without becoming faster counts as compiled. */
    private static final long STEADY = 1_000_000_000;

    private final Random random = new Random(1);

    private SpeedMain() {}

    public static void main(String[] arguments) {
        SpeedMain speed = new SpeedMain();
        speed.products();
        speed.functions();
    }

    private void products() {
        ProductTrial.learning();
        int m = 64;
        int n = 256;
        float[] a = random(m * n);
        float[] b = random(n * n);
        float[] c = new float[m * n];
        measure(
                "product",
                () -> Kernels.multiply(m, n, n, a, 0, n, b, 0, n, c, 0, n),
                () -> PlainProducts.multiply(m, n, n, a, 0, n, b, 0, n, c, 0, n));
        measure(
                "gradient",
                () -> Kernels.multiplyTransposedA(n, n, m, a, 0, n, a, 0, n, b, 0, n),
                () -> PlainProducts.multiplyTransposedA(n, n, m, a, 0, n, a, 0, n, b, 0, n));
    }

    private void functions() {
        int n = 4096;
        float[] x = random(n);
        float[] y = new float[n];
        measure("exp", () -> ActivationKernels.exp(x, 0, y, 0, n), () -> PlainFunctions.exp(x, 0, y, 0, n));
        measure("tanh", () -> ActivationKernels.tanh(x, 0, y, 0, n), () -> PlainFunctions.tanh(x, 0, y, 0, n));
    }

    private static void measure(String name, Runnable vector, Runnable plain) {
        double fast = Double.POSITIVE_INFINITY;
        double slow = Double.POSITIVE_INFINITY;
        long steadyFrom = System.nanoTime();
        while (System.nanoTime() - steadyFrom < STEADY) {
            double now = time(vector);
            if (now < fast * 0.95) {
                steadyFrom = System.nanoTime();
            }
            fast = Math.min(fast, now);
            slow = Math.min(slow, time(plain));
        }
        System.out.printf(Locale.ROOT, "%s %.2f%n", name, slow / fast);
    }

    /** Nanoseconds of a call. */
    private static double time(Runnable call) {
        long start = System.nanoTime();
        int calls = 0;
        long elapsed;
        do {
            call.run();
            calls++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < TURN);
        return (double) elapsed / calls;
    }

    private float[] random(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() * 0.01f;
        }
        return values;
    }
}
