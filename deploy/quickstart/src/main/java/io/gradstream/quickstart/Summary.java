package io.gradstream.quickstart;

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
 * @param outputs everything the job committed
 * @param model its name
 */
record Summary(int flights, Duration time, Outputs outputs, String model) {

    /** For the terminal; {@code snapshot} and the others are as the user would type them. */
    List<String> text(String snapshot, String launcher, String pipeline, String data) {
        Map<String, Double> all = outputs.all().metrics();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(format(
                "%,d departures and their outcomes in %.1f s: %,d predictions committed, %,d outcomes learned, %,d dead letters.",
                flights,
                time.toMillis() / 1000.0,
                outputs.predictions(),
                outputs.all().examples(),
                outputs.deadLetters()));
        lines.add(format(
                "Every outcome was judged on what was served before it was known: accuracy %.4f (majority %.4f, last known"
                        + " outcome %.4f), AUC %.4f, log-loss %.4f.",
                all.get("accuracy"),
                all.get("majority-accuracy"),
                all.get("last-accuracy"),
                all.get("auc"),
                all.get("log-loss")));
        if (outputs.snapshot() != null) {
            lines.add(format(
                    "The model is version %,d, lineage %s: %s",
                    outputs.snapshot().manifest().version(),
                    outputs.snapshot().manifest().lineage(),
                    snapshot));
        }
        lines.add("");
        lines.add("What to try next:");
        lines.add(format("  %s inspect %s", launcher, snapshot));
        lines.add(format(
                "  %s replay %s --input %s      the same evaluation, without a broker", launcher, pipeline, data));
        lines.add(format("  change a feature or the model in %s and run this again", pipeline));
        lines.add("  docs/deployment.md: the same file on a cluster");
        return lines;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
