package io.gradstream.model;

import io.gradstream.model.guard.Guard;
import io.gradstream.model.kernels.Kernels;
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
    private final Guard guard;
    private long lastNanos;

    /** Guarded, or with null not. */
    Steps(LearnerState state, Plan plan, Guard guard) {
        this.guard = guard;
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
        int count = rows.size();
        float mean = forward();
        if (guard != null && guard.suspects(mean, rows.targets(), rows.weights(), count, state.steps())) {
            takeBackStatistics();
            compareWithLastGood();
            mean = forward();
        }
        if (Float.isFinite(mean) && logitsAreFinite(count) && gradientsAccepted()) {
            state.optimizer().step(state.steps(), gradients, plan.sparseGradients());
            state.learned(count, mean);
        } else {
            takeBackStatistics();
            state.skippedOne();
        }
        rows.clear();
        lastNanos = System.nanoTime() - start;
    }

    /** Scores the pending rows with the last good version, too, which may then become the present one. */
    private void compareWithLastGood() {
        float present = scoringLoss();
        guard.exchange();
        float good = scoringLoss();
        guard.exchange();
        guard.judge(present, good, state.pending().size(), state.steps());
    }

    /** A pass to be learned from; statistics change. */
    private float forward() {
        Weights weights = state.weights();
        System.arraycopy(weights.statistics(), 0, statisticsBefore, 0, statisticsBefore.length);
        Arrays.fill(gradients, 0);
        pass.learn(weights, gradients, state.pending().size(), state.steps() + state.skipped());
        return loss();
    }

    /** A pass as events are scored: nothing is dropped, nothing changes. */
    private float scoringLoss() {
        pass.score(state.weights(), state.pending().size());
        return loss();
    }

    /** Of the pass that has begun, from the rows on: a layer may have written over what it read in the pass before. */
    private float loss() {
        PendingRows rows = state.pending();
        inputs.load(rows.numbers(), rows.ids(), rows.first(), rows.size());
        plan.forward(pass);
        return loss.evaluate(
                plan.output().data(),
                rows.targets(),
                rows.weights(),
                rows.size(),
                plan.output().gradient());
    }

    private void takeBackStatistics() {
        Weights weights = state.weights();
        System.arraycopy(statisticsBefore, 0, weights.statistics(), 0, statisticsBefore.length);
        weights.statisticsChanged();
    }

    /** A loss may be finite although they are not, as far on the right side of a hinge. */
    private boolean logitsAreFinite(int rows) {
        return Kernels.allFinite(
                plan.output().data(), 0, rows * state.compiled().outputs());
    }

    private boolean gradientsAccepted() {
        plan.backward(pass);
        return state.optimizer().accepts(state.optimizer().squaredNorm(gradients, plan.sparseGradients()));
    }

    long lastNanos() {
        return lastNanos;
    }
}
