package io.gradstream.benchmarks.peers;

import io.gradstream.model.Batch;
import io.gradstream.model.Learner;
import io.gradstream.model.ModelSpec;
import java.util.Arrays;

/** Whole training steps of a {@link Learner}: rows copied into the mini-batch, forward, loss, backward, step. */
final class OurStep implements Runnable {
    private final Learner learner;
    private final Batch batch;
    private final float[] targets;
    private final float[] weights;

    /** The rows of one batch, one after another. */
    OurStep(ModelSpec spec, float[] numbers, int[] ids, float[] targets) {
        this.learner = Learner.create(spec);
        this.targets = targets;
        this.weights = new float[targets.length];
        Arrays.fill(weights, 1);
        this.batch = new Batch(learner.layout(), targets.length);
        for (int row = 0; row < targets.length; row++) {
            batch.add(
                    numbers,
                    row * batch.layout().numbers(),
                    ids,
                    row * batch.layout().ids());
        }
    }

    @Override
    public void run() {
        learner.learn(batch, targets, weights);
    }
}
