package io.gradstream.benchmarks.endtoend;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Medians and ratios of two sides that took turns. */
final class Comparison {
    private Comparison() {}

    static String of(String title, List<Measurement> identity, List<Measurement> other) {
        double[] speeds = new double[identity.size()];
        double[] costs = new double[identity.size()];
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-24s %10s %10s %7s   %15s %9s %7s%n",
                title,
                "base rec/s",
                "this rec/s",
                "ratio",
                "base CPU s/M",
                "this",
                "ratio"));
        for (int i = 0; i < speeds.length; i++) {
            speeds[i] = other.get(i).recordsPerSecond() / identity.get(i).recordsPerSecond();
            costs[i] = other.get(i).cpuSecondsPerMillion() / identity.get(i).cpuSecondsPerMillion();
            text.append(String.format(
                    Locale.ROOT,
                    "  round %-16d %10.0f %10.0f %7.2f   %15.2f %9.2f %7.2f%n",
                    i + 1,
                    identity.get(i).recordsPerSecond(),
                    other.get(i).recordsPerSecond(),
                    speeds[i],
                    identity.get(i).cpuSecondsPerMillion(),
                    other.get(i).cpuSecondsPerMillion(),
                    costs[i]));
        }
        text.append(String.format(
                Locale.ROOT,
                "  median                                         %7.2f   %15.2f %9.2f %7.2f%n",
                median(speeds),
                medianCost(identity),
                medianCost(other),
                median(costs)));
        return text.toString();
    }

    /** What decoding, features, scores and steps take without Kafka and Flink. */
    static String alone(List<Measurement> alone) {
        return String.format(
                Locale.ROOT, "  decoder, features and learner alone, one thread: %.2f CPU s/M%n", medianCost(alone));
    }

    private static double medianCost(List<Measurement> measured) {
        return median(
                measured.stream().mapToDouble(Measurement::cpuSecondsPerMillion).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
