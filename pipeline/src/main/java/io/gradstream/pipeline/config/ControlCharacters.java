package io.gradstream.pipeline.config;

import io.gradstream.model.spec.OneLine;
import java.util.List;

/**
 * Refuses control characters in names of all kinds, where they would break the lines of logs, metrics and messages and nobody can see them.
 * What is no name may have them: Kafka's settings, a CSV's delimiter, classes of labels, and lists of offsets that go over several lines.
 */
final class ControlCharacters {

    /** Where text is no name: everything below these. A key of the same name elsewhere, such as a weight's, is not meant. */
    private static final List<List<String>> NO_NAMES = List.of(
            List.of("kafka"),
            List.of("input", "format", "delimiter"),
            List.of("input", "start-offsets"),
            List.of("label", "format", "delimiter"),
            List.of("label", "start-offsets"),
            List.of("label", "classes"),
            List.of("label", "default"));

    private ControlCharacters() {}

    /** Looks at all text of a tree. */
    static void check(Section root, Problems problems) {
        root.scalars((path, value, origin) -> {
            if (value instanceof String text && has(text) && isName(path)) {
                problems.add(path, "must have no control characters, was \"" + OneLine.escaped(text) + "\"");
            }
        });
    }

    private static boolean isName(List<Object> path) {
        return NO_NAMES.stream()
                .noneMatch(top ->
                        path.size() >= top.size() && path.subList(0, top.size()).equals(top));
    }

    private static boolean has(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
