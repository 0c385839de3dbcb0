package io.gradstream.model;

import io.gradstream.model.losses.Targets;

/** Refuses targets and weights that the loss cannot take. */
final class TargetCheck {
    private final Targets targets;
    private final int outputs;

    TargetCheck(ModelSpec spec, int outputs) {
        this.targets = spec.loss().targets();
        this.outputs = outputs;
    }

    void check(float target, float weight) {
        checkTarget("target", target);
        checkWeight("weight", weight);
    }

    /** One of both for each row. */
    void check(float[] targets, float[] weights, int rows) {
        if (targets.length < rows || weights.length < rows) {
            throw new IllegalArgumentException("wanted a target and a weight for each of " + rows + " rows, came "
                    + targets.length + " targets and " + weights.length + " weights");
        }
        for (int row = 0; row < rows; row++) {
            if (!this.targets.allow(targets[row], outputs) || !(weights[row] >= 0) || Float.isInfinite(weights[row])) {
                checkTarget("row " + row + ", target", targets[row]);
                checkWeight("row " + row + ", weight", weights[row]);
            }
        }
    }

    /** @param name what the message calls it */
    void checkTarget(String name, float target) {
        if (!targets.allow(target, outputs)) {
            throw new IllegalArgumentException(name + ": wanted " + targets.text(outputs) + ", came " + target);
        }
    }

    /** @param name what the message calls it */
    void checkWeight(String name, float weight) {
        if (!(weight >= 0) || Float.isInfinite(weight)) {
            throw new IllegalArgumentException(name + ": wanted 0 or more and finite, came " + weight);
        }
    }
}
