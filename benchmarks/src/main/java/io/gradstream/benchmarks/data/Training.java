package io.gradstream.benchmarks.data;

import io.gradstream.model.Batch;
import io.gradstream.model.Learner;
import io.gradstream.model.ModelSpec;
import java.util.Random;

/** Learns rows, and counts which it got right. */
final class Training {
    private final Learner learner;
    private final Batch one;
    private final float[] scores;

    Training(ModelSpec spec) {
        this.learner = Learner.create(spec);
        this.one = new Batch(learner.layout(), 1);
        this.scores = new float[learner.outputs()];
    }

    /** One pass, each row scored before it is learned: which part of all was right. */
    double prequential(Rows rows) {
        int right = 0;
        for (int row = 0; row < rows.size(); row++) {
            right += isRight(rows, row) ? 1 : 0;
            learn(rows, row);
        }
        return (double) right / rows.size();
    }

    /** Several passes, each in an order of its own. */
    void epochs(Rows rows, int count, long seed) {
        Random random = new Random(seed);
        for (int epoch = 0; epoch < count; epoch++) {
            for (int row : Rows.shuffled(rows.size(), random)) {
                learn(rows, row);
            }
        }
        learner.stepNow();
    }

    /** How many rows it gets right as it is now. */
    int right(Rows rows) {
        int right = 0;
        for (int row = 0; row < rows.size(); row++) {
            right += isRight(rows, row) ? 1 : 0;
        }
        return right;
    }

    private void learn(Rows rows, int row) {
        learner.learn(
                rows.numbers().get(row),
                0,
                rows.ids().get(row),
                0,
                rows.classes().get(row),
                1);
    }

    private boolean isRight(Rows rows, int row) {
        one.clear();
        rows.addTo(one, row);
        learner.score(one, scores);
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best == rows.classes().get(row);
    }
}
