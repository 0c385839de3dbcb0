package io.gradstream.model;

/** Refuses targets and weights that no loss could take. */
final class TargetCheck {
    private final Task task;
    private final int outputs;

    TargetCheck(ModelSpec spec, int outputs) {
        this.task = spec.task();
        this.outputs = outputs;
    }

    void check(float target, float weight) {
        boolean possible = switch (task) {
            case BINARY -> target == 0 || target == 1;
            case MULTICLASS -> target >= 0 && target < outputs && target == (int) target;
            case REGRESSION -> Float.isFinite(target);
        };
        if (!possible) {
            throw new IllegalArgumentException("target: wanted " + wanted() + ", came " + target);
        }
        if (!(weight >= 0) || Float.isInfinite(weight)) {
            throw new IllegalArgumentException("weight: wanted 0 or more and finite, came " + weight);
        }
    }

    private String wanted() {
        return switch (task) {
            case BINARY -> "0 or 1";
            case MULTICLASS -> "a class index, 0 to " + (outputs - 1);
            case REGRESSION -> "a finite number";
        };
    }
}
