package io.gradstream.benchmarks.model;

import io.gradstream.model.Batch;
import io.gradstream.model.InputSpec;
import io.gradstream.model.Learner;
import io.gradstream.model.ModelSpec;
import io.gradstream.model.Presets;
import io.gradstream.model.Task;
import io.gradstream.model.optimizers.OptimizerSpec;
import java.util.List;
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

/** Whole steps of a learner on 40 numbers: 64 rows learned, or scored. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class StepBenchmark {
    private static final int ROWS = 64;
    private static final int NUMBERS = 40;

    @Param({"logistic", "mlp"})
    private String model;

    private Learner learner;
    private Batch batch;
    private float[] targets;
    private float[] scores;
    private final int[] noIds = {};

    /** A learner with plain SGD, and 64 random rows. */
    @Setup
    public void create() {
        List<InputSpec> inputs = List.of(new InputSpec.NumbersInput("x", NUMBERS, false));
        ModelSpec spec = ModelSpec.of(
                        inputs,
                        model.equals("mlp")
                                ? Presets.mlp(inputs, 1, List.of(256, 128), 0, 0)
                                : Presets.logistic(inputs, 1),
                        Task.BINARY,
                        new OptimizerSpec.Sgd(0.01f, 0, false))
                .withBatchSize(ROWS);
        learner = Learner.create(spec);
        batch = new Batch(spec.layout(), ROWS);
        targets = new float[ROWS];
        scores = new float[ROWS];
        Random random = new Random(1);
        float[] row = new float[NUMBERS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < NUMBERS; j++) {
                row[j] = (float) random.nextGaussian();
            }
            batch.add(row, 0, noIds, 0);
            targets[i] = random.nextInt(2);
        }
    }

    /** Scores of 64 rows. */
    @Benchmark
    public float[] score() {
        learner.score(batch, scores);
        return scores;
    }

    /** One step on 64 rows. */
    @Benchmark
    public long learn() {
        for (int i = 0; i < ROWS; i++) {
            learner.learn(batch.numbers(), i * NUMBERS, noIds, 0, targets[i], 1);
        }
        return learner.steps();
    }
}
