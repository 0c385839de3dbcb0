package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.model.statistics.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes records of what the core gives out. The prediction is one object, used again and again. */
final class OutgoingOutlet implements Outlet {

    private final Consumer<Outgoing> out;
    private final String model;
    private final String lineage;
    private final String specHash;
    private final List<String> topics;
    private final boolean snapshots;
    private final boolean evaluations;
    private final Prediction prediction = new Prediction();
    private final DeadLetterLines deadLetters = new DeadLetterLines();

    /** Read by metric reporters. */
    private volatile Report lastWindow;

    /**
     * @param topics names by topic index
     * @param snapshots whether there is a topic for snapshots
     * @param evaluations whether there is a topic for evaluations
     */
    OutgoingOutlet(
            Consumer<Outgoing> out,
            String model,
            String lineage,
            String specHash,
            List<String> topics,
            boolean snapshots,
            boolean evaluations) {
        this.out = out;
        this.model = model;
        this.lineage = lineage;
        this.specHash = specHash;
        this.topics = topics;
        this.snapshots = snapshots;
        this.evaluations = evaluations;
    }

    @Override
    public void prediction(MicroBatch rows, int row, long version, long age) {
        int outputs = rows.outputs();
        out.accept(prediction
                .example(
                        rows.key(row),
                        rows.time(row),
                        topics.get(rows.topic(row)),
                        rows.partition(row),
                        rows.offset(row))
                .model(model, lineage, version, age)
                .scores(rows.scores(), row * outputs, outputs)
                .duplicate(rows.duplicate(row)));
    }

    @Override
    public void notScored(MicroBatch rows, int row, long version) {
        deadLetter(NotScored.deadLetter(rows, row, version, topics));
    }

    @Override
    public void deadLetter(DeadLetter record) {
        out.accept(deadLetters.tell(record));
    }

    @Override
    public void evaluation(Evaluation.Scope scope, Report report, long version, long time) {
        if (scope == Evaluation.Scope.WINDOW) {
            lastWindow = report;
        }
        if (evaluations) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int i = 0; i < report.names().size(); i++) {
                metrics.put(report.names().get(i), report.values().get(i));
            }
            out.accept(new Evaluation(model, lineage, version, scope, report.examples(), time, metrics));
        }
    }

    @Override
    public void snapshot(byte[] bytes, long version, long time, Map<String, String> about) {
        if (snapshots) {
            SnapshotChunks.split(model, lineage, version, specHash, time, about, bytes)
                    .forEach(out);
        }
    }

    /** The last window's evaluation, or null before the first. */
    Report lastWindow() {
        return lastWindow;
    }
}
