package io.gradstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.GuardedCase.Row;
import io.gradstream.model.guard.GuardSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a learning rate that is a thousand times too high, what is served stays nearly as good as what a constant model would serve. */
class RuinedStreamsTest {
    private static final float TOO_FAST = 1000;
    /** By how much of the hits, or of the distance from the target, it may be worse. */
    private static final double TOLERANCE = 0.01;

    /** It hovers at the baseline with a hundred times its rate. */
    private static final String HARDEST = "classes, batches of 8, RmsProp";

    static List<GuardedCase> streams() {
        return RuinedStreams.all(TOO_FAST);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void whatIsServedIsAsGoodAsAConstant(GuardedCase stream) {
        Learner learner = Learner.create(stream.spec(), GuardSpec.USUAL);
        Served served = new Served(learner);
        served.run(stream, new Random(17), stream.examples());
        double tolerance = stream.name().startsWith(HARDEST) ? 3 * TOLERANCE : TOLERANCE;
        assertThat(served.error()).isLessThanOrEqualTo(served.errorOfConstant() + tolerance);
    }

    /** The learner that was well is gone on from with another learning rate. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void aModelThatWasGoodIsNotLost(int optimizer) throws Exception {
        GuardedCase stream = new GuardedCase(
                "", HealthyStreams.mlp(Task.BINARY, RuinedStreams.rates(1).get(optimizer)), 0, RuinedStreams.binary());
        Learner good = Learner.create(stream.spec(), GuardSpec.USUAL);
        Random random = new Random(18);
        new Served(good).run(stream, random, 20_000);
        ModelSpec faster =
                stream.spec().withOptimizer(RuinedStreams.rates(TOO_FAST).get(optimizer));
        Served served = new Served(Learner.read(
                good.snapshot(Map.of()),
                faster,
                GuardSpec.USUAL,
                good.guard().orElseThrow().state()));
        served.run(stream, random, 20_000);
        assertThat(served.error()).isLessThanOrEqualTo(served.errorOfConstant() + TOLERANCE);
    }

    @Test
    void withoutAGuardItIsWorse() {
        long worse = RuinedStreams.all(TOO_FAST).stream()
                .filter(stream -> {
                    Served served = new Served(Learner.create(stream.spec()));
                    served.run(stream.examples(10_000), new Random(17), 10_000);
                    return served.error() > served.errorOfConstant() + TOLERANCE;
                })
                .count();
        assertThat(worse).isGreaterThan(30);
    }

    /** What was scored before it was learned. */
    private static final class Served {
        private static final double FARTHEST = 10;

        private final Learner learner;
        private final Batch batch;
        private final float[] scores;
        private int rows;
        private double errors;
        private double errorsOfConstant;
        private final int[] came;
        private double sum;

        Served(Learner learner) {
            this.learner = learner;
            this.batch = new Batch(learner.layout(), 1);
            this.scores = new float[learner.outputs()];
            this.came = new int[Math.max(2, learner.outputs())];
        }

        void run(GuardedCase stream, Random random, int examples) {
            Row row = new Row(stream.spec().layout());
            for (int i = 0; i < examples; i++) {
                stream.source().next(row, random, i);
                batch.clear();
                batch.add(row.numbers, 0, row.ids, 0);
                learner.score(batch, scores);
                count(row.target);
                learner.learn(row.numbers, 0, row.ids, 0, row.target, 1);
            }
        }

        private void count(float target) {
            rows++;
            if (learner.spec().task() == Task.REGRESSION) {
                double off = Math.abs(scores[0] - target);
                errors += off < FARTHEST ? off : FARTHEST;
                errorsOfConstant += rows > 1 ? Math.abs(sum / (rows - 1) - target) : 0;
                sum += target;
            } else {
                errors += guess() == target ? 0 : 1;
                errorsOfConstant += most() == target ? 0 : 1;
                came[(int) target]++;
            }
        }

        private int guess() {
            if (scores.length == 1) {
                return Float.isNaN(scores[0]) ? -1 : scores[0] >= 0.5f ? 1 : 0;
            }
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            return best;
        }

        private int most() {
            int most = 0;
            for (int i = 1; i < came.length; i++) {
                most = came[i] > came[most] ? i : most;
            }
            return most;
        }

        /** How many of the scores were wrong, or how far they were from the target. */
        double error() {
            return errors / rows;
        }

        double errorOfConstant() {
            return errorsOfConstant / rows;
        }
    }
}
