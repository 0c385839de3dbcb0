package io.gradstream.benchmarks.data;

import java.util.Locale;

/**
 * What came out, and what was wanted at least.
 *
 * @param text what it is, with the settings of the model
 * @param value what came out
 * @param target what was wanted
 */
record Figure(String text, double value, double target) {
    /** One line of the report. */
    String line(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.4f | %.4f | %s |",
                name,
                text,
                value,
                target,
                value >= target ? "yes" : "NO");
    }
}
