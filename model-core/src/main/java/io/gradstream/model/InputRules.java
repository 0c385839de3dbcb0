package io.gradstream.model;

import io.gradstream.model.spec.Json;

/** What every input's settings, and the names of layers, must keep to. */
final class InputRules {
    private InputRules() {}

    static void require(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        int broken = Json.unpaired(name);
        if (broken >= 0) {
            throw new IllegalArgumentException("name must be text, has half a surrogate pair at character " + broken);
        }
    }

    /** What an input has of a row's numbers, or ids, must fit an array. */
    static int inARow(String name, String what, long count) {
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "input '" + name + "': wanted at most 2^31 - 9 " + what + " in a row, came " + count);
        }
        return (int) count;
    }

    static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, was " + value);
        }
    }
}
