package io.gradstream.pipeline.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses numbers that YAML 1.1 reads otherwise than people do: {@code 010} is octal there, and {@code 0x10}, {@code 0b11} and {@code 1_0}
 * are numbers, too. It knows no types: where text is wanted, such as a name, what is written like that needs quotes. Kafka's settings, classes
 * and what may be a number or other text are text by now, as they stand in the file, and need none.
 */
final class DecimalDigits {

    private static final Pattern OTHER = Pattern.compile("[-+]?0[0-9bx_].*|.*_.*");
    private static final Pattern NOT_ZERO = Pattern.compile("[-+0._]*[1-9]");
    private static final Pattern OCTAL = Pattern.compile("([-+]?)0+([1-7][0-7]*)");

    private DecimalDigits() {}

    /** What to do about text that may be a number, and is one with zeros in front; empty for any other. */
    static String zerosInFront(String text) {
        return text.matches("0[0-9]+( steps)?") ? "; write the number without zeros in front" : "";
    }

    /** What became of a number that no double holds; empty for any other. */
    static Optional<String> lost(String text, double read) {
        if (read == 0 && NOT_ZERO.matcher(text).lookingAt()) {
            return Optional.of(" is too close to 0 for a double");
        }
        return Double.isInfinite(read) ? Optional.of(" is too large for a double") : Optional.empty();
    }

    /** Looks at all numbers of a tree. */
    static void check(Section root, Problems problems) {
        root.scalars((path, value, origin) -> {
            if (value instanceof Number number && OTHER.matcher(origin.text()).matches()) {
                problems.add(path, told(origin.text(), number));
            }
        });
    }

    private static String told(String text, Number number) {
        Matcher octal = OCTAL.matcher(text);
        String meant = octal.matches() && !number.toString().equals(octal.group(2))
                ? number + " or " + octal.group(1) + octal.group(2) + ", whichever is meant"
                : number.toString();
        return "wanted plain decimal digits, but YAML reads " + text + " as " + number + "; write " + meant + ", or \""
                + text + "\" in quotes if it is text";
    }
}
