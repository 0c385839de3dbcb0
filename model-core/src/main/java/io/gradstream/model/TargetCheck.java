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
