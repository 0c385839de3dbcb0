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
            case ZERO_OR_ONE -> zeroOrOne(target);
            case CLASS -> target >= 0 && target < outputs && target == (int) target;
            case NUMBER -> Float.isFinite(target);
            case NOT_NEGATIVE -> Float.isFinite(target) && target >= 0;
        };
    }

    /** Whether it can take the first {@code n}. */
    public boolean allow(float[] targets, int n, int outputs) {
        int allowed = 0;
        if (this == ZERO_OR_ONE) {
            for (int i = 0; i < n; i++) {
                allowed += zeroOrOne(targets[i]) ? 1 : 0;
            }
        } else {
            for (int i = 0; i < n; i++) {
                allowed += allow(targets[i], outputs) ? 1 : 0;
            }
        }
        return allowed == n;
    }

    /** One comparison, whose outcome the processor foresees; which of the two it is, it does not. */
    private static boolean zeroOrOne(float target) {
        return target * (1 - target) == 0;
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
