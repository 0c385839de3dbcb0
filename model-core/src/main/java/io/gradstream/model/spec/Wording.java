package io.gradstream.model.spec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How messages speak of what came: short, on one line, whatever the text holds. */
final class Wording {
    private static final int SHOWN = 60;

    private Wording() {}

    /** What a value of a tree is, in words. */
    static String got(Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof String text) {
            return "the text " + quoted(text);
        }
        if (value instanceof Number) {
            return "the number " + shortened(value.toString());
        }
        if (value instanceof List<?> list) {
            return "a list of " + list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "an empty section" : "a section with the keys " + keys(map);
        }
        return value instanceof Boolean
                ? value.toString()
                : "a " + value.getClass().getSimpleName();
    }

    private static String keys(Map<?, ?> map) {
        return shortened(
                String.join(", ", map.keySet().stream().map(String::valueOf).toList()));
    }

    static String quoted(String text) {
        return '"' + shortened(text) + '"';
    }

    static String shortened(String text) {
        return OneLine.shortened(text, SHOWN);
    }

    /** What came instead of one of several names, and which one was probably meant. */
    static String gotInstead(Object wrong, Collection<String> known) {
        Optional<String> near = wrong instanceof String text ? Nearest.of(text, known) : Optional.empty();
        return "got " + got(wrong)
                + near.map(name -> "; did you mean '" + name + "'?").orElse("");
    }
}
