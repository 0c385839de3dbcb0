package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Locale;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/**
 * Vectors must be worth it: ratios to plain Java, the best of many turns on each side, with bounds far below what they are. They catch
 * vectors that are boxed, which is a hundred times slower.
 */
class SpeedTest {
    /** What is measured is 1.7 to 20; JDK 17 at times compiles a product so that it is little faster than plain Java. */
    private static final double WORTH_IT = 0.7;

    private static final int TURNS = 60;
    private static final long TURN = 4_000_000;
    private static final long LONGEST = 30_000_000_000L;

    private final Random random = new Random(1);

    @Test
    void products() {
        ProductTrial.run();
        int m = 64;
        int n = 256;
        float[] a = random(m * n);
        float[] b = random(n * n);
        float[] c = new float[m * n];
        check(
                "product 64x256x256",
                WORTH_IT,
                () -> Kernels.multiply(m, n, n, a, 0, n, b, 0, n, c, 0, n),
                () -> PlainProducts.multiply(m, n, n, a, 0, n, b, 0, n, c, 0, n));
        check(
                "product of a gradient",
                WORTH_IT,
                () -> Kernels.multiplyTransposedA(n, n, m, a, 0, n, a, 0, n, b, 0, n),
                () -> PlainProducts.multiplyTransposedA(n, n, m, a, 0, n, a, 0, n, b, 0, n));
    }

    @Test
    void functions() {
        int n = 4096;
        float[] x = random(n);
        float[] y = new float[n];
        check("exp", 1.2, () -> ActivationKernels.exp(x, 0, y, 0, n), () -> PlainFunctions.exp(x, 0, y, 0, n));
        check("tanh", 1.5, () -> ActivationKernels.tanh(x, 0, y, 0, n), () -> PlainFunctions.tanh(x, 0, y, 0, n));
    }

    private static void check(String name, double bound, Runnable vector, Runnable plain) {
        assumeTrue(
                Kernels.vectorized() && Lanes.BITS == FloatVector.SPECIES_PREFERRED.vectorBitSize(),
                "only the machine's own vectors are fast");
        double fast = Double.POSITIVE_INFINITY;
        double slow = Double.POSITIVE_INFINITY;
        long start = System.nanoTime();
        for (int turn = 0; turn < TURNS || (slow / fast < bound && System.nanoTime() - start < LONGEST); turn++) {
            fast = Math.min(fast, time(vector));
            slow = Math.min(slow, time(plain));
        }
        System.out.printf(Locale.ROOT, "%s, %s: %.1f times plain Java%n", Kernels.description(), name, slow / fast);
        assertThat(slow / fast).as(name).isGreaterThan(bound);
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
