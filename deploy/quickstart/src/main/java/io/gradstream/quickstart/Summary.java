package io.gradstream.quickstart;

import io.gradstream.pipeline.learn.SkippedSteps;
import io.gradstream.quickstart.watch.Outputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param flights sent
 * @param time from the first flight to the last result
 * @param stopped whether it was ended before all flights were through
 * @param outputs everything the job committed
 * @param skipped mini-batches that taught nothing
 * @param model its name
 */
record Summary(int flights, Duration time, boolean stopped, Outputs outputs, long skipped, String model) {

    /** For the terminal; {@code snapshot} and the others are as the user would type them. */
    List<String> text(String snapshot, String launcher, String pipeline, String data) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        if (stopped) {
            lines.add("Stopped. Everything it started is ended, its temporary files are gone.");
        }
        lines.add(format(
                "%s in %.1f s: %,d predictions committed, %,d outcomes learned, %,d dead letters.",
                stopped ? "Up to here" : format("%,d departures and their outcomes", flights),
                time.toMillis() / 1000.0,
                outputs.predictions(),
                outputs.all() == null ? 0 : outputs.all().examples(),
                outputs.deadLetters()));
        if (outputs.all() != null) {
            lines.add(figures(outputs.all().metrics()));
        }
        if (skipped > 0) {
            lines.add(SkippedSteps.told(
                    skipped, outputs.all() == null ? 0 : outputs.all().version()));
        }
        if (outputs.snapshot() != null) {
            lines.add(format(
                    "The model is version %,d, lineage %s: %s",
                    outputs.snapshot().manifest().version(),
                    outputs.snapshot().manifest().lineage(),
                    snapshot));
        }
        lines.add("");
        lines.add("What to try next:");
        if (outputs.snapshot() != null) {
            lines.add(format("  %s inspect %s", launcher, snapshot));
        }
        lines.add(format(
                "  %s replay %s --input %s      the same evaluation, without a broker", launcher, pipeline, data));
        lines.add(format("  change a feature or the model in %s and run this again", pipeline));
        lines.add("  docs/deployment.md: the same file on a cluster");
        return lines;
    }

    private static String figures(Map<String, Double> all) {
        return format(
                "Every outcome was judged on what was served before it was known: accuracy %.4f (majority %.4f, last known"
                        + " outcome %.4f), AUC %.4f, log-loss %.4f.",
                all.get("accuracy"),
                all.get("majority-accuracy"),
                all.get("last-accuracy"),
                all.get("auc"),
                all.get("log-loss"));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
