package io.gradstream.pipeline.config;

import java.util.Collections;
import java.util.Set;

/**
 * Refuses control characters in names of all kinds, where they would break the lines of logs, metrics and messages and nobody can see them.
 * What is no name may have them: Kafka's settings, a CSV's delimiter, classes of labels, and lists of offsets that go over several lines.
 */
final class ControlCharacters {

    private static final Set<String> NO_NAMES = Set.of("kafka", "delimiter", "classes", "default", "start-offsets");

    private ControlCharacters() {}

    /** Looks at all text of a tree. */
    static void check(Section root, Problems problems) {
        root.scalars((path, value, origin) -> {
            if (value instanceof String text && has(text) && Collections.disjoint(path, NO_NAMES)) {
                problems.add(path, "must have no control characters, was \"" + escaped(text) + "\"");
            }
        });
    }

    private static boolean has(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** Each as messages show it. */
    static String escaped(String text) {
        StringBuilder shown = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
