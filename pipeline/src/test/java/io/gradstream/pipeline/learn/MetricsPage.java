package io.gradstream.pipeline.learn;

import io.gradstream.pipeline.score.ScoreMetric;

/** docs/metrics.md, made from the enums that register the metrics. */
final class MetricsPage {
    private static final String TOP = """
            # Metrics

            Flink metrics of the two operators, made from the code that registers them. Whatever reporter Flink's configuration names gets them, as
            `<host>.taskmanager.<id>.<job>.learn.0.<metric>`; the web UI shows them under the operator. What the model is worth is also written to the
            metrics topic, see [evaluation](evaluation.md).

            """;

    private static final String LEARN = """
            ## Operator `learn`

            Counts, which are part of the checkpoint, so that they go on after a failure. To Flink they are gauges and no counters: two of them go down, and
            to reporters that send what was added since they last did, a restored total would all be new. For events a second take Flink's own
            `numRecordsInPerSecond` and `numRecordsOutPerSecond` of the operator, or your metrics system's rate of `events`.

            """;

    private static final String UNUSUAL = """

            Of `duplicateEvents`, `duplicateLabels`, `lateLabels`, `unmatchedLabels`, `expired`, `notKept` and `outOfOrder` the first, second, fourth,
            eighth, … since the operator started is a line in its log, too, with where the row came from (no id, and nothing else of what it holds) and what to
            do; of `expired` each of its two kinds for itself. So are dead letters (of each reason, of a scoring job too), by their origin alone; what is wrong with each is with it in the dead-letter topic.
            """;

    private MetricsPage() {}

    static String text() {
        StringBuilder text = new StringBuilder(TOP);
        text.append(LEARN);
        heading(text);
        for (LearnCount count : LearnCount.values()) {
            row(text, count.key(), count.doc());
        }
        text.append(UNUSUAL);
        text.append("\nGauges:\n\n");
        heading(text);
        for (LearnGauge gauge : LearnGauge.values()) {
            row(text, gauge.key(), gauge.doc());
        }
        text.append("\nIn the group `window`: each figure of the last full evaluation window, under its name in"
                + " [evaluation](evaluation.md); NaN before the first.\n\n");
        text.append("## Operator `score`\n\n");
        heading(text);
        for (ScoreMetric metric : ScoreMetric.values()) {
            row(text, metric.key(), metric.doc());
        }
        text.append("\nA snapshot for which there is no room in the heap counts in `refusedSnapshots`, too.\n");
        text.append("\n## The sink\n\nBeside KafkaSink's own metrics:\n\n");
        heading(text);
        row(
                text,
                "lostTransactions",
                "Transactions that could not be committed any more; the job fails rather than go on without them.");
        return text.toString();
    }

    private static void heading(StringBuilder text) {
        text.append("| metric | |\n|---|---|\n");
    }

    private static void row(StringBuilder text, String key, String doc) {
        text.append("| `").append(key).append("` | ").append(doc).append(" |\n");
    }
}
