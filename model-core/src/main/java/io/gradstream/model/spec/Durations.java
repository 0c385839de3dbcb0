package io.gradstream.model.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as text: a whole number and a unit. */
public final class Durations {
    static final String EXAMPLES = "a duration such as 500ms, 10s, 5m, 2h or 2d";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");

    /** 273 years: short enough to be added to a time, and to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(100_000);

    private Durations() {}

    /** IllegalArgumentException if it is none, or one that {@link #ifOne} refuses. */
    static Duration read(String text) {
        return ifOne(text)
                .orElseThrow(() -> new IllegalArgumentException("wanted " + EXAMPLES + ", got " + Wording.got(text)));
    }

    /**
     * The duration, if the text is one: for where other text may stand in its place.
     *
     * @throws IllegalArgumentException when it is longer than any that is meant, or its number has zeros in front
     */
    public static Optional<Duration> ifOne(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        if (parts.group(1).matches("0[0-9]+")) {
            throw new IllegalArgumentException(
                    "wanted " + EXAMPLES + ", got " + Wording.got(text) + "; write the number without zeros in front");
        }
        long count = Long.parseLong(parts.group(1));
        if (count > LONGEST.toMillis() / millis(parts.group(2))) {
            throw new IllegalArgumentException(Wording.quoted(text) + " is too long a duration");
        }
        return Optional.of(Duration.ofMillis(count * millis(parts.group(2))));
    }

    /** In the largest unit that divides it. */
    static String write(Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0 || duration.getNano() % 1_000_000 != 0) {
            throw new IllegalArgumentException("a duration must be whole milliseconds, 0 or more and at most "
                    + LONGEST.toDays() + " days, was " + duration);
        }
        long millis = duration.toMillis();
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            if (millis != 0 && millis % millis(unit) == 0) {
                return millis / millis(unit) + unit;
            }
        }
        return millis + "ms";
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> 86_400_000L;
        };
    }
}
