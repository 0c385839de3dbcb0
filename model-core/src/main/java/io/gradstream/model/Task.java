package io.gradstream.model;

import io.gradstream.model.losses.LossSpec;
import io.gradstream.model.losses.Targets;
import io.gradstream.model.spec.Doc;

/** What is learned, and so what a target may be and what a score means. */
public enum Task {
    /** Targets 0 or 1; one output, the probability of 1. */
    @Doc("Targets 0 or 1; the score is the probability of 1.")
    BINARY,
    /** Targets are class indices from 0; one output a class, probabilities that add up to 1. */
    @Doc("Targets are class indices from 0; the scores are the probabilities of the classes.")
    MULTICLASS,
    /** Any finite target; one output, the predicted value. */
    @Doc("Any finite target; the score is the predicted value.")
    REGRESSION;

    /** Whether a loss takes this task's targets. */
    public boolean fits(LossSpec loss) {
        Targets targets = loss.targets();
        return switch (this) {
            case BINARY -> targets == Targets.ZERO_OR_ONE;
            case MULTICLASS -> targets == Targets.CLASS;
            case REGRESSION -> targets == Targets.NUMBER || targets == Targets.NOT_NEGATIVE;
        };
    }
}
