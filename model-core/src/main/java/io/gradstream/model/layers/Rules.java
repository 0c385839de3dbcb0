package io.gradstream.model.layers;

import java.util.List;

/** The rules that settings of layers share, each with its message. */
final class Rules {
    private static final int MOST_LAYERS = 1000;

    private Rules() {}

    static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, was " + value);
        }
    }

    /** So many that a typing error is told at once, instead of filling the memory with names. */
    static void layers(int count) {
        if (count < 1 || count > MOST_LAYERS) {
            throw new IllegalArgumentException("layers must be 1 to " + MOST_LAYERS + ", was " + count);
        }
    }

    static void notNegative(String key, float value) {
        if (!(value >= 0) || Float.isInfinite(value)) {
            throw new IllegalArgumentException(key + " must be >= 0 and finite, was " + value);
        }
    }

    static void dropout(String key, float rate) {
        fraction(key, rate);
        if (rate > 1 - 0x1p-16f) {
            throw new IllegalArgumentException(key + " must be at most 1 - 2^-16, was " + rate);
        }
    }

    static void fraction(String key, float value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(key + " must be at least 0 and below 1, was " + value);
        }
    }

    /** One or two numbers of at least 1. */
    static List<Integer> oneOrTwo(String key, List<Integer> values) {
        if (values.isEmpty() || values.size() > 2) {
            throw new IllegalArgumentException(key + " must be one number or two, was " + values);
        }
        values.forEach(value -> atLeastOne(key, value));
        return List.copyOf(values);
    }
}
