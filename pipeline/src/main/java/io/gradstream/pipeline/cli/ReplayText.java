package io.gradstream.pipeline.cli;

import io.gradstream.pipeline.learn.LearnGauge;
import io.gradstream.pipeline.learn.SkippedSteps;
import io.gradstream.pipeline.replay.ReplayResult;
import java.util.Locale;
import java.util.Map;

/** A replay's result as a table. */
final class ReplayText {
    private ReplayText() {}

    static String of(ReplayResult result) {
        StringBuilder text = new StringBuilder();
        row(text, "labelled examples", String.format(Locale.ROOT, "%,d", result.examples()));
        row(text, "model version (steps)", String.format(Locale.ROOT, "%,d", result.version()));
        text.append('\n');
        result.metrics().forEach((name, value) -> row(text, name, String.format(Locale.ROOT, "%.4f", value)));
        text.append('\n');
        for (Map.Entry<String, Long> counter : result.counters().entrySet()) {
            if (counter.getValue() != 0) {
                row(text, counter.getKey(), String.format(Locale.ROOT, "%,d", counter.getValue()));
            }
        }
        long skipped = result.counters().getOrDefault(LearnGauge.SKIPPED_STEPS.key(), 0L);
        if (skipped > 0) {
            text.append('\n')
                    .append(SkippedSteps.told(skipped, result.version()))
                    .append('\n');
        }
        return text.append("\nwritten to ").append(result.folder()).append('\n').toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-24s %14s%n", name, value));
    }
}
