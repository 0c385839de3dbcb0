package io.gradstream.model;

import io.gradstream.model.layers.Pass;
import io.gradstream.model.losses.Loss;
import io.gradstream.model.parameters.Weights;
import java.util.Arrays;

/** Makes steps on the pending rows: forward, loss, backward, and then all changes, or none. */
final class Steps {
    private final LearnerState state;
    private final Plan plan;
    private final InputRows inputs;
    private final Loss loss;
    private final Pass pass = new Pass();
    private final float[] gradients;
    private final double[] statisticsBefore;
    private long lastNanos;

    Steps(LearnerState state, Plan plan) {
        this.state = state;
        this.plan = plan;
        ModelSpec spec = state.compiled().spec();
        this.inputs = new InputRows(spec, plan);
        this.loss = spec.loss().make(spec.batchSize(), state.compiled().outputs());
        this.gradients = new float[state.weights().dense().length];
        this.statisticsBefore = new double[state.weights().statistics().length];
    }

    /** Learns the pending rows and forgets them. */
    void step() {
        long start = System.nanoTime();
        PendingRows rows = state.pending();
        Weights weights = state.weights();
        int count = rows.size();
        System.arraycopy(weights.statistics(), 0, statisticsBefore, 0, statisticsBefore.length);
        Arrays.fill(gradients, 0);
        inputs.load(rows.numbers(), rows.ids(), 0, count);
        pass.learn(weights, gradients, count, state.steps() + state.skipped());
        plan.forward(pass);
        float mean = loss.evaluate(
                plan.output().data(),
                rows.targets(),
                rows.weights(),
                count,
                plan.output().gradient());
        if (Float.isFinite(mean) && gradientsAccepted()) {
            state.optimizer().step(state.steps(), gradients, plan.sparseGradients());
            state.learned(count, mean);
        } else {
            System.arraycopy(statisticsBefore, 0, weights.statistics(), 0, statisticsBefore.length);
            weights.statisticsChanged();
            state.skippedOne();
        }
        rows.clear();
        lastNanos = System.nanoTime() - start;
    }

    private boolean gradientsAccepted() {
        plan.backward(pass);
        return state.optimizer().accepts(state.optimizer().squaredNorm(gradients, plan.sparseGradients()));
    }

    long lastNanos() {
        return lastNanos;
    }
}
