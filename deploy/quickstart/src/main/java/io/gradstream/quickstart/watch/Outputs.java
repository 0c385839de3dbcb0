package io.gradstream.quickstart.watch;

import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Snapshot;

/**
 * What a job wrote and committed.
 *
 * @param predictions how many
 * @param deadLetters how many
 * @param all newest evaluation over everything; null before the first
 * @param window newest evaluation over a window; null before the first
 * @param snapshot newest whole snapshot; null before the first
 * @param snapshotNanos {@link System#nanoTime} when it was seen
 */
public record Outputs(
        long predictions, long deadLetters, Evaluation all, Evaluation window, Snapshot snapshot, long snapshotNanos) {
    /** Nothing yet. */
    public static final Outputs NONE = new Outputs(0, 0, null, null, null, 0);

    Outputs withPrediction() {
        return new Outputs(predictions + 1, deadLetters, all, window, snapshot, snapshotNanos);
    }

    Outputs withDeadLetter() {
        return new Outputs(predictions, deadLetters + 1, all, window, snapshot, snapshotNanos);
    }

    Outputs with(Evaluation evaluation) {
        return evaluation.scope() == Evaluation.Scope.ALL
                ? new Outputs(predictions, deadLetters, evaluation, window, snapshot, snapshotNanos)
                : new Outputs(predictions, deadLetters, all, evaluation, snapshot, snapshotNanos);
    }

    Outputs with(Snapshot newer, long nanos) {
        return new Outputs(predictions, deadLetters, all, window, newer, nanos);
    }
}
