package io.gradstream.model.spec;

import java.util.Locale;

/** How Java's names are written in a file. */
final class Names {
    private Names() {}

    /** batchSize → batch-size; learningRateL2 → learning-rate-l2. */
    static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** EVENT_TIME → event-time. */
    static String of(Enum<?> constant) {
        return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
