package io.gradstream.pipeline.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations where other text may stand in their place: a whole number and a unit, as everywhere in the file. */
final class Durations {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

    private static final Duration LONGEST = Duration.ofDays(100_000);

    private Durations() {}

    /**
     * The duration, if the text is one.
     *
     * @throws IllegalArgumentException when it is too long to be added to a time
     */
    static Optional<Duration> ifOne(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(parts.group(1));
        Duration duration = switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is too long a duration");
        }
        return Optional.of(duration);
    }
}
