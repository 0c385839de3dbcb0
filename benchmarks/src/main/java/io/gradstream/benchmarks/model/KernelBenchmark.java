package io.gradstream.benchmarks.model;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.kernels.Kernels;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Matrix products of a mini-batch of 64 rows, sums, and functions of each element; n by n weights, n elements a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
    private static final int ROWS = 64;

    @Param({"64", "256", "300"})
    private int n;

    private float[] x;
    private float[] weights;
    private float[] out;

    /** Seeded numbers, small, so that what is added to again and again stays finite. */
    @Setup
    public void fill() {
        Random random = new Random(1);
        x = new float[ROWS * n];
        weights = new float[n * n];
        out = new float[ROWS * n];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat() * 0.01f;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextFloat() * 0.01f;
        }
    }

    /** out (64, n) += x (64, n) weights (n, n) */
    @Benchmark
    public float[] multiply() {
        Kernels.multiply(ROWS, n, n, x, 0, n, weights, 0, n, out, 0, n);
        return out;
    }

    /** out (64, n) += x (64, n) weights (n, n) transposed */
    @Benchmark
    public float[] multiplyTransposedB() {
        Kernels.multiplyTransposedB(ROWS, n, n, x, 0, n, weights, 0, n, out, 0, n);
        return out;
    }

    /** weights (n, n) += x (64, n) transposed, x (64, n) */
    @Benchmark
    public float[] multiplyTransposedA() {
        Kernels.multiplyTransposedA(n, n, ROWS, x, 0, n, x, 0, n, weights, 0, n);
        return weights;
    }

    /** The sum of n squared floats. */
    @Benchmark
    public float dot() {
        return Kernels.dot(x, 0, x, 0, n);
    }

    /** exp of 64 n floats. */
    @Benchmark
    public float[] exp() {
        ActivationKernels.exp(x, 0, out, 0, ROWS * n);
        return out;
    }

    /** The softmax of 64 rows of n. */
    @Benchmark
    public float[] softmax() {
        ActivationKernels.softmaxRows(ROWS, n, x, 0, out, 0);
        return out;
    }
}
