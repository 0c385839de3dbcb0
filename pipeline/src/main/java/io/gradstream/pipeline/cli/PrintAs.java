package io.gradstream.pipeline.cli;

import java.util.Locale;

/** How a command prints its result. */
enum PrintAs {
    TABLE,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
