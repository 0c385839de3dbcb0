package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gradstream.model.guard.GuardSpec;
import io.gradstream.model.kernels.Kernels;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A score and a step in the steady state allocate nothing. Vectors are objects until the JIT has compiled the loop they are in, which
 * takes a while and is its choice: with vector kernels the test waits for it and then allows what a few kernels still box, while the
 * run on plain Java allows no byte.
 */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROWS = 64;
    /** Of a score and a step of 64 rows: most specs come to 0, some starts keep a few vectors of a layer as objects. */
    private static final long BOXED_VECTORS = 20_000;

    /** JDK 17 keeps fewer of them in registers. */
    private static final long BOXED_VECTORS_ON_17 = 100_000;

    /** 212 kB were measured. */
    private static final long BOXED_ENCODER_ON_17 = 400_000;

    private static final long WAIT_NANOS = 20_000_000_000L;

    private final float[][] numbers = new float[ROWS][];
    private final int[][] ids = new int[ROWS][];
    private final float[] targets = new float[ROWS];

    @ParameterizedTest
    @MethodSource("io.gradstream.model.ContractSpecs#all")
    void aSteadyScoreAndStepAllocateNothing(NamedSpec named) {
        steadyStepsAllocateNothing(named, Learner.create(named.spec()));
    }

    /** Also when windows end, and the model is kept. */
    @ParameterizedTest
    @ValueSource(strings = {"logistic, ftrl", "mlp, adam, clipped", "wide and deep, adagrad"})
    void norDoGuardedOnes(String name) {
        NamedSpec named = ContractSpecs.all()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        GuardSpec guard = new GuardSpec(true, ROWS, 0.02f, 0.1f);
        steadyStepsAllocateNothing(named, Learner.create(named.spec(), guard));
    }

    private void steadyStepsAllocateNothing(NamedSpec named, Learner learner) {
        Example example = new Example(named.spec(), 11);
        Batch batch = new Batch(named.spec().layout(), ROWS);
        for (int i = 0; i < ROWS; i++) {
            example.next().addTo(batch);
            numbers[i] = example.numbers.clone();
            ids[i] = example.ids.clone();
            targets[i] = example.target;
        }
        float[] scores = new float[ROWS * learner.outputs()];
        long allowed = allowed(named);
        long allocated = Long.MAX_VALUE;
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (allocated > allowed && System.nanoTime() < deadline) {
            long before = allocatedBytes();
            scoreAndLearn(learner, batch, scores);
            allocated = allocatedBytes() - before;
        }
        assertThat(allocated).isLessThanOrEqualTo(allowed);
    }

    private static long allowed(NamedSpec named) {
        if (!Kernels.vectorized()) {
            return 0;
        }
        if (Runtime.version().feature() >= 21) {
            return BOXED_VECTORS;
        }
        return named.toString().contains("transformer encoder") ? BOXED_ENCODER_ON_17 : BOXED_VECTORS_ON_17;
    }

    private void scoreAndLearn(Learner learner, Batch batch, float[] scores) {
        learner.score(batch, scores);
        for (int i = 0; i < ROWS; i++) {
            learner.learn(numbers[i], 0, ids[i], 0, targets[i], 1);
        }
    }

    /** Asking this way allocates nothing itself, on any JDK. */
    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
