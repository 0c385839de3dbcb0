package io.gradstream.model;

import io.gradstream.model.guard.GuardSpec;
import java.util.Random;

/** A model and a stream, learned once with a guard and once without. */
record GuardedCase(String name, ModelSpec spec, int examples, Source source) {
    /** The same with a shorter stream, or a longer one. */
    GuardedCase examples(int other) {
        return new GuardedCase(name, spec, other, source);
    }

    /** What comes next. */
    @FunctionalInterface
    interface Source {
        /** Fills the row that comes at this place of the stream. */
        void next(Row row, Random random, int at);
    }

    /** One example. */
    static final class Row {
        final float[] numbers;
        final int[] ids;
        float target;
        float weight = 1;

        Row(InputLayout layout) {
            numbers = new float[layout.numbers()];
            ids = new int[layout.ids()];
        }
    }

    /** How it went: the mean loss of mini-batches before their steps, in the second half of the stream. */
    static final class Outcome {
        final Learner learner;
        private double late;
        private long lateSteps;

        Outcome(Learner learner) {
            this.learner = learner;
        }

        void learn(Row row, boolean isLate) {
            long before = learner.steps();
            learner.learn(row.numbers, 0, row.ids, 0, row.target, row.weight);
            if (isLate && learner.steps() > before) {
                late += learner.lastLoss();
                lateSteps++;
            }
        }

        double lateLoss() {
            return late / lateSteps;
        }
    }

    /** Both learners, guarded and alone, over the same stream. */
    Outcome[] run(GuardSpec guard) {
        Outcome guarded = new Outcome(Learner.create(spec, guard));
        Outcome alone = new Outcome(Learner.create(spec));
        Random random = new Random(17);
        Row row = new Row(spec.layout());
        for (int i = 0; i < examples; i++) {
            source.next(row, random, i);
            guarded.learn(row, i >= examples / 2);
            alone.learn(row, i >= examples / 2);
        }
        return new Outcome[] {guarded, alone};
    }

    @Override
    public String toString() {
        return name;
    }
}
