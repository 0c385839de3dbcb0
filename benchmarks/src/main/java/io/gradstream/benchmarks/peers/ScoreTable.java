package io.gradstream.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Medians over JVMs, and the worst of them. */
final class ScoreTable {
    private ScoreTable() {}

    static String of(String title, PeerCase each, Map<String, List<Score>> scores) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-34s %12s %12s %8s %8s%n",
                title + ", " + each.unit(),
                "here",
                "peer",
                "ratio",
                "worst"));
        double logarithms = 0;
        for (Map.Entry<String, List<Score>> entry : scores.entrySet()) {
            List<Score> runs = entry.getValue();
            double[] ratios = runs.stream().mapToDouble(Score::ratio).toArray();
            double median = median(ratios);
            logarithms += Math.log(median);
            text.append(String.format(
                    Locale.ROOT,
                    "  %-32s %12.1f %12.1f %8.2f %8.2f%n",
                    entry.getKey(),
                    each.scale()
                            * runs.get(0).work()
                            / median(runs.stream().mapToDouble(Score::ours).toArray()),
                    each.scale()
                            * runs.get(0).work()
                            / median(runs.stream().mapToDouble(Score::peer).toArray()),
                    median,
                    Arrays.stream(ratios).min().orElse(Double.NaN)));
        }
        text.append(String.format(
                Locale.ROOT, "  %-58s %8.2f%n", "geometric mean", Math.exp(logarithms / Math.max(1, scores.size()))));
        return text.toString();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
