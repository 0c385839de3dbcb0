package io.gradstream.model;

import io.gradstream.model.optimizers.Optimizer;
import io.gradstream.model.parameters.Weights;

/** All that a learner's future depends on: what a snapshot holds. */
final class LearnerState {
    private final Compiled compiled;
    private final String lineage;
    private final Weights weights;
    private final Optimizer optimizer;
    private final PendingRows pending;
    private long steps;
    private long examples;
    private long skipped;
    private float lastLoss = Float.NaN;

    private LearnerState(Compiled compiled, String lineage, Weights weights, Optimizer optimizer) {
        this.compiled = compiled;
        this.lineage = lineage;
        this.weights = weights;
        this.optimizer = optimizer;
        this.pending = new PendingRows(compiled.spec().layout(), compiled.spec().batchSize());
    }

    /** The state before the first example, of a learner that is guarded or not. */
    static LearnerState create(Compiled compiled, String lineage, boolean guarded) {
        HeapCheck.check(compiled, guarded);
        ModelSpec spec = compiled.spec();
        int slots = spec.optimizer().slotNames().size();
        Weights weights = Weights.create(compiled.layout(), spec.seed(), slots);
        Optimizer optimizer =
                new Optimizer(spec.optimizer(), spec.schedule(), spec.clipping(), spec.regularisation(), weights);
        return new LearnerState(compiled, lineage, weights, optimizer);
    }

    Compiled compiled() {
        return compiled;
    }

    String lineage() {
        return lineage;
    }

    Weights weights() {
        return weights;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    PendingRows pending() {
        return pending;
    }

    long steps() {
        return steps;
    }

    long examples() {
        return examples;
    }

    long skipped() {
        return skipped;
    }

    float lastLoss() {
        return lastLoss;
    }

    void learned(int rows, float loss) {
        steps++;
        examples += rows;
        lastLoss = loss;
    }

    void skippedOne() {
        skipped++;
    }

    void counters(long steps, long examples, long skipped, float lastLoss) {
        this.steps = steps;
        this.examples = examples;
        this.skipped = skipped;
        this.lastLoss = lastLoss;
    }
}
