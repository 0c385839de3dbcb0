package io.gradstream.benchmarks.peers;

import io.gradstream.model.Learner;
import io.gradstream.model.ModelSpec;

/** Whole training steps of a {@link Learner}: rows copied into the mini-batch, forward, loss, backward, step. */
final class OurStep implements Runnable {
    private final Learner learner;
    private final float[] numbers;
    private final int[] ids;
    private final float[] targets;

    /** The rows of one batch, one after another. */
    OurStep(ModelSpec spec, float[] numbers, int[] ids, float[] targets) {
        this.learner = Learner.create(spec);
        this.numbers = numbers;
        this.ids = ids;
        this.targets = targets;
    }

    @Override
    public void run() {
        int width = learner.layout().numbers();
        int idWidth = learner.layout().ids();
        for (int row = 0; row < targets.length; row++) {
            learner.learn(numbers, row * width, ids, row * idWidth, targets[row], 1);
        }
    }
}
