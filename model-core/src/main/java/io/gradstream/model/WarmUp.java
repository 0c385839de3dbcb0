package io.gradstream.model;

import io.gradstream.model.kernels.ProductTrial;
import io.gradstream.model.losses.Targets;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Exercises a model's layers, loss and optimizer on random rows before the first real one comes, until the JIT has compiled what they
 * call. It works on a model of its own; the caller's is not touched.
 *
 * <p>Compiled code belongs to methods, not to objects, so what the stand-in has warmed is warm for all models of the JVM. Rounds are
 * timed in blocks: it is over when a round has not become faster for half a second, and the compilers are no longer busy. A model that
 * takes more than an eighth of the heap is not warmed up, since it would be there twice.
 *
 * @param millis how long it took
 * @param rounds mini-batches it learned, or batches it scored
 * @param firstMicros microseconds of a round at the beginning
 * @param steadyMicros microseconds of a round at the end
 * @param tile the tiles that matrix products use from now on, with what was measured; see {@link ProductTrial}
 */
public record WarmUp(long millis, long rounds, double firstMicros, double steadyMicros, String tile) {
    private static final long BLOCK = 25_000_000;
    private static final int STEADY_BLOCKS = 8;
    private static final long STEADY = 500_000_000;
    private static final double FASTER = 0.95;
    private static final double BUSY = 0.2;
    private static final int SHARE_OF_HEAP = 8;
    private static final WarmUp NONE = new WarmUp(0, 0, 0, 0, "not tried");

    /**
     * For a {@link Learner}: scores and learns mini-batches.
     *
     * @param limit the most time to take after the trial of tiles, which is once a JVM; zero: nothing at all
     */
    public static WarmUp learning(ModelSpec spec, Duration limit) {
        if (limit.isZero() || isTooLarge(spec)) {
            return NONE;
        }
        String tile = ProductTrial.learning();
        Learner learner = Learner.create(spec);
        Rows rows = new Rows(spec, Math.max(1, spec.batchSize()));
        float[] scores = new float[rows.batch.size() * learner.outputs()];
        return run(limit, tile, () -> {
            learner.score(rows.batch, scores);
            rows.learn(learner);
        });
    }

    /**
     * For a {@link Scorer} of such models: scores batches.
     *
     * @param rows of a batch
     * @param limit the most time to take after the trial of tiles, which is once a JVM; zero: nothing at all
     */
    public static WarmUp scoring(ModelSpec spec, int rows, Duration limit) {
        if (limit.isZero() || isTooLarge(spec)) {
            return NONE;
        }
        String tile = ProductTrial.scoring();
        Model model = Learner.create(spec).model();
        Scorer scorer = model.scorer(rows);
        scorer.use(model);
        Batch batch = new Rows(spec, rows).batch;
        float[] scores = new float[rows * model.outputs()];
        return run(limit, tile, () -> scorer.score(batch, scores));
    }

    /** A second model of this size could be one too many for the heap. */
    private static boolean isTooLarge(ModelSpec spec) {
        return Memory.of(spec).fixed() > Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    private static WarmUp run(Duration limit, String tile, Runnable round) {
        long start = System.nanoTime();
        long rounds = 0;
        double first = 0;
        double best = Double.POSITIVE_INFINITY;
        int steady = 0;
        long elapsed = 0;
        long better = start;
        while ((steady < STEADY_BLOCKS || System.nanoTime() - better < STEADY) && elapsed < limit.toNanos()) {
            long compiled = compilationMillis();
            long block = System.nanoTime();
            int inBlock = 0;
            do {
                round.run();
                inBlock++;
            } while (System.nanoTime() - block < BLOCK);
            long nanos = System.nanoTime() - block;
            double each = (double) nanos / inBlock;
            boolean idle = (compilationMillis() - compiled) * 1e6 < BUSY * nanos;
            boolean faster = each < best * FASTER;
            better = faster ? System.nanoTime() : better;
            steady = idle && !faster ? steady + 1 : 0;
            first = rounds == 0 ? each : first;
            best = Math.min(best, each);
            rounds += inBlock;
            elapsed = System.nanoTime() - start;
        }
        return new WarmUp(elapsed / 1_000_000, rounds, first / 1e3, best / 1e3, tile);
    }

    private static long compilationMillis() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime()
                : 0;
    }

    /** In a sentence, for a log. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "warm after %d ms and %d rounds: %.1f us a round, %.1f at first; products by %s",
                millis,
                rounds,
                steadyMicros,
                firstMicros,
                tile);
    }

    /** Random rows that a spec takes. */
    private static final class Rows {
        private final Batch batch;
        private final float[] targets;

        Rows(ModelSpec spec, int count) {
            SplittableRandom random = new SplittableRandom(1);
            InputLayout layout = spec.layout();
            batch = new Batch(layout, count);
            targets = new float[count];
            int outputs = Compiled.of(spec).outputs();
            float[] numbers = new float[layout.numbers()];
            int[] ids = new int[layout.ids()];
            for (int row = 0; row < count; row++) {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) random.nextDouble(-1, 1);
                }
                fill(spec, ids, random);
                batch.add(numbers, 0, ids, 0);
                targets[row] = target(spec.loss().targets(), outputs, random);
            }
        }

        private static void fill(ModelSpec spec, int[] ids, SplittableRandom random) {
            int at = 0;
            for (InputSpec input : spec.inputs()) {
                for (int i = 0; i < input.ids(); i++) {
                    // The upper half: sequences are long then, and what is padding is little.
                    int low = input.idLimit(i) / 2;
                    ids[at++] = random.nextInt(low, Math.max(low + 1, input.idLimit(i)));
                }
            }
        }

        private static float target(Targets targets, int outputs, SplittableRandom random) {
            return switch (targets) {
                case ZERO_OR_ONE -> random.nextInt(2);
                case CLASS -> random.nextInt(outputs);
                case NUMBER, NOT_NEGATIVE -> random.nextInt(3);
            };
        }

        void learn(Learner learner) {
            InputLayout layout = batch.layout();
            for (int row = 0; row < targets.length; row++) {
                learner.learn(
                        batch.numbers(), row * layout.numbers(), batch.ids(), row * layout.ids(), targets[row], 1);
            }
        }
    }
}
