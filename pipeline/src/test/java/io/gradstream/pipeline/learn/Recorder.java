package io.gradstream.pipeline.learn;

import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.model.statistics.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes down what leaves the core. */
final class Recorder implements Outlet {

    final List<String> predictions = new ArrayList<>();
    final List<String> evaluations = new ArrayList<>();
    final List<Long> snapshots = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();

    @Override
    public void prediction(MicroBatch rows, int row, long version, long age) {
        float[] scores = Arrays.copyOfRange(rows.scores(), row * rows.outputs(), (row + 1) * rows.outputs());
        predictions.add(line(rows.key(row), rows.duplicate(row), version, age, scores));
    }

    static String line(String id, boolean duplicate, long version, long age, float[] scores) {
        return id + (duplicate ? " again" : "") + " v" + version + " age " + age + " " + Arrays.toString(scores);
    }

    @Override
    public void notScored(MicroBatch rows, int row, long version) {
        deadLetters.add(new DeadLetter("score-not-finite", rows.key(row), "", 0, 0, -1, null, null));
    }

    @Override
    public void deadLetter(DeadLetter record) {
        deadLetters.add(record);
    }

    @Override
    public void evaluation(Evaluation.Scope scope, Report report, long version, long time) {
        evaluations.add(scope + " v" + version + " at " + time + " " + report);
    }

    @Override
    public void snapshot(byte[] bytes, long version, long time, Map<String, String> about) {
        snapshots.add(version);
    }
}
