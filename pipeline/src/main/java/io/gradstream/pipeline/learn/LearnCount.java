package io.gradstream.pipeline.learn;

/**
 * What the learning operator counts, in the checkpoint and as Flink metrics.
 *
 * <p>{@code events = predictions + deadEvents}, and {@code labels = learned + duplicateLabels + lateLabels +
 * unmatchedLabels + deadLabels + early}, at every checkpoint. Rows that are held for event-time order are counted when their
 * turn comes.
 */
public enum LearnCount {
    EVENTS("events", "Records of the input topic, whatever came of them."),
    PREDICTIONS("predictions", "Events that were scored."),
    DEAD_EVENTS("deadEvents", "Events that went to the dead-letter topic."),
    DUPLICATE_EVENTS("duplicateEvents", "Predictions for an id that had been seen before; marked as such."),
    UNLABELLED("unlabelled", "Events without a label where labels come in the event: scored, not learned."),
    LABELS("labels", "Labels, from their own topic or in the event, whatever came of them."),
    LEARNED("learned", "Labels that were evaluated and learned."),
    DUPLICATE_LABELS("duplicateLabels", "Labels for an id whose label is known already."),
    LATE_LABELS("lateLabels", "Labels that came when the wait for them was over."),
    UNMATCHED_LABELS("unmatchedLabels", "Labels whose event did not come within the wait."),
    DEAD_LABELS("deadLabels", "Labels that went to the dead-letter topic."),
    DEFAULTED("defaulted", "Events learned with the default label because none came."),
    EXPIRED(
            "expired",
            "Events whose label did not come within the wait, without `label.default`; and those that came when their own wait was over, with it too:"
                    + " they are scored, and learned with no label."),
    NOT_KEPT("notKept", "Events and early labels that were not kept because too many were waiting."),
    OUT_OF_ORDER("outOfOrder", "Rows that came behind the watermark in event-time order, and were processed at once."),
    WAITING("waiting", "Events that wait for their label now; with `early` at most `label.max-waiting`."),
    EARLY("early", "Labels that wait for their event now.");

    private final String key;
    private final String doc;

    LearnCount(String key, String doc) {
        this.key = key;
        this.doc = doc;
    }

    /** Its name in metrics, summaries and checkpoints. */
    public String key() {
        return key;
    }

    /** What it counts, in one sentence. */
    public String doc() {
        return doc;
    }
}
