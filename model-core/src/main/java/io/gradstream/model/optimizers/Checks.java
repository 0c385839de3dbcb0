package io.gradstream.model.optimizers;

/** The rules that settings of this package share, each with its message. */
final class Checks {
    private Checks() {}

    static void positive(String key, float value) {
        if (!(value > 0) || Float.isInfinite(value)) {
            throw new IllegalArgumentException(key + " must be > 0 and finite, was " + value);
        }
    }

    static void notNegative(String key, float value) {
        if (!(value >= 0) || Float.isInfinite(value)) {
            throw new IllegalArgumentException(key + " must be >= 0 and finite, was " + value);
        }
    }

    static void fraction(String key, float value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(key + " must be at least 0 and below 1, was " + value);
        }
    }

    static void atLeastOne(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, was " + value);
        }
    }

    /** What Adam and AdamW have in common. */
    static void adam(float learningRate, float beta1, float beta2, float epsilon) {
        positive("learning-rate", learningRate);
        fraction("beta1", beta1);
        fraction("beta2", beta2);
        positive("epsilon", epsilon);
    }
}
