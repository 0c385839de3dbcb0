package io.gradstream.model.optimizers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/** A factor on the learning rate that depends on the step, counted from 0. */
@Discriminator("type")
@Doc("A factor on the learning rate that depends on the step.")
public sealed interface ScheduleSpec {
    /** The factor for a step: 0 or more, finite. */
    double factor(long step);

    /** Always 1. */
    @Kind("constant")
    @Doc("Always 1.")
    record Constant() implements ScheduleSpec {
        @Override
        public double factor(long step) {
            return 1;
        }
    }

    /** Rises in a line from 1/steps to 1 over the first {@code steps} steps, then stays 1. */
    @Kind("warmup")
    @Doc("Rises in a line to 1, then stays.")
    record Warmup(@Doc("Steps to rise over, at least 1.") long steps) implements ScheduleSpec {
        public Warmup {
            Checks.atLeastOne("steps", steps);
        }

        @Override
        public double factor(long step) {
            return rise(step, steps);
        }
    }

    /** Multiplied by {@code factor} after each {@code every} steps. */
    @Kind("step")
    @Doc("Multiplied by a factor after so many steps, again and again.")
    record Step(
            @Doc("Steps, at least 1.") long every,
            @Doc("Above 0, at most 1.") @Default("0.5") float factor) implements ScheduleSpec {
        public Step {
            Checks.atLeastOne("every", every);
            Checks.positive("factor", factor);
            if (factor > 1) {
                throw new IllegalArgumentException("factor must be at most 1, was " + factor);
            }
        }

        @Override
        public double factor(long step) {
            return Powers.of(factor, step / every);
        }
    }

    /** Linear warm-up, then sqrt(warmup / (step + 1)) (Vaswani et al. 2017). */
    @Kind("inverse-sqrt")
    @Doc("Rises in a line, then falls as 1 / sqrt(step).")
    record InverseSqrt(
            @Doc("Steps to rise over, at least 1.") @Default("1")
            long warmup) implements ScheduleSpec {
        public InverseSqrt {
            Checks.atLeastOne("warmup", warmup);
        }

        @Override
        public double factor(long step) {
            return step < warmup ? rise(step, warmup) : Math.sqrt((double) warmup / (step + 1));
        }
    }

    /** Linear warm-up, then half a cosine from 1 to {@code floor} at step {@code steps}, where it stays (Loshchilov and Hutter 2017). */
    @Kind("cosine")
    @Doc("Rises in a line, then falls along half a cosine.")
    record Cosine(
            @Doc("Steps to rise over.") @Default("0") long warmup,

            @Doc("The step at which it has fallen, above warmup.")
            long steps,

            @Doc("The factor from there on.") @Default("0") float floor)
            implements ScheduleSpec {
        public Cosine {
            if (warmup < 0 || steps <= warmup) {
                throw new IllegalArgumentException(
                        "steps must be above warmup and warmup at least 0, were " + steps + " and " + warmup);
            }
            Checks.notNegative("floor", floor);
        }

        @Override
        public double factor(long step) {
            if (step < warmup) {
                return rise(step, warmup);
            }
            double done = Math.min(1, (double) (step - warmup) / (steps - warmup));
            return floor + (1 - floor) * 0.5 * (1 + Powers.cosineOfPi(done));
        }
    }

    private static double rise(long step, long over) {
        return Math.min(1, (double) (step + 1) / over);
    }
}
