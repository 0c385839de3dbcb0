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
        if (!this.targets.allow(targets, rows, outputs) || !allow(weights, rows)) {
            for (int row = 0; row < rows; row++) {
                checkTarget("row " + row + ", target", targets[row]);
                checkWeight("row " + row + ", weight", weights[row]);
            }
        }
    }

    private static boolean allow(float[] weights, int n) {
        int allowed = 0;
        for (int i = 0; i < n; i++) {
            allowed += allows(weights[i]) ? 1 : 0;
        }
        return allowed == n;
    }

    private static boolean allows(float weight) {
        return weight >= 0 && weight <= Float.MAX_VALUE;
    }

    /** @param name what the message calls it */
    void checkTarget(String name, float target) {
        if (!targets.allow(target, outputs)) {
            throw new IllegalArgumentException(name + ": wanted " + targets.text(outputs) + ", came " + target);
        }
    }

    /** @param name what the message calls it */
    void checkWeight(String name, float weight) {
        if (!allows(weight)) {
            throw new IllegalArgumentException(name + ": wanted 0 or more and finite, came " + weight);
        }
    }
}
