package io.gradstream.model.losses;

/** What a loss takes as targets. */
public enum Targets {
    /** 0 or 1. */
    ZERO_OR_ONE,
    /** A class index. */
    CLASS,
    /** Any finite number. */
    NUMBER,
    /** A finite number, 0 or more: a count. */
    NOT_NEGATIVE;

    /** Whether a loss of so many outputs can take this target. */
    public boolean allow(float target, int outputs) {
        return switch (this) {
            case ZERO_OR_ONE -> target == 0 || target == 1;
            case CLASS -> target >= 0 && target < outputs && target == (int) target;
            case NUMBER -> Float.isFinite(target);
            case NOT_NEGATIVE -> Float.isFinite(target) && target >= 0;
        };
    }

    /** As it is called in a message. */
    public String text(int outputs) {
        return switch (this) {
            case ZERO_OR_ONE -> "0 or 1";
            case CLASS -> "a class index, 0 to " + (outputs - 1);
            case NUMBER -> "a finite number";
            case NOT_NEGATIVE -> "a finite number, 0 or more";
        };
    }
}
