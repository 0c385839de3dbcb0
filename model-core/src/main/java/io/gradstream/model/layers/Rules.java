package io.gradstream.model.layers;

/** The rules that settings of layers share, each with its message. */
final class Rules {
    private Rules() {}

    static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, was " + value);
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
}
