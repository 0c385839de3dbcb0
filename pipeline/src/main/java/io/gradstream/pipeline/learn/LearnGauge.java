package io.gradstream.pipeline.learn;

import io.gradstream.model.guard.Guard;
import io.gradstream.model.kernels.Kernels;
import java.util.function.Function;

/** What the learning operator measures besides what it counts. */
public enum LearnGauge {
    MODEL_VERSION(
            "modelVersion",
            "Version of the model, which is the number of steps it has made.",
            operator -> operator.core.learner().steps()),
    MODEL_AGE(
            "modelAge",
            "Milliseconds of event time from the last step to the newest event; -1 before any step, of this job or of the one whose snapshot"
                    + " it began with.",
            operator -> operator.core.modelAge()),
    SKIPPED_STEPS(
            "skippedSteps",
            "Mini-batches left out because their loss or gradient was not finite.",
            operator -> operator.core.learner().skippedSteps()),
    ROLLBACKS(
            "rollbacks",
            "Times that the guard went back to the last good version of the model.",
            operator -> operator.core.learner().rollbacks()),
    LEARNING_RATE_FACTOR(
            "learningRateFactor",
            "What the guard multiplies the learning rate with: 1 unless it has gone back.",
            operator -> operator.core.learner().guard().map(Guard::factor).orElse(1.0)),
    LOSS(
            "loss",
            "Mean loss of the last mini-batch, before its step.",
            operator -> operator.core.learner().lastLoss()),
    STEP_NANOS(
            "stepNanos",
            "Time the last step took, in nanoseconds.",
            operator -> operator.core.learner().lastStepNanos()),
    HELD_ROWS(
            "heldRows",
            "Rows that wait for the watermark, in event-time order.",
            operator -> operator.flow().held().size()),
    SILENT_LABEL_PARTITIONS(
            "silentLabelPartitions",
            "Partitions of the labels that hold default labels back: no label of theirs is as new as the events less `label.wait`, or none"
                    + " ever came. Each event waits meanwhile (`waiting`); the log names the slowest, and says what to do. Always 0 without"
                    + " `label.default`, with `label.idle-after: 0s` (the watermark waits for each partition itself), and where the input is"
                    + " `bounded`.",
            operator -> operator.silentLabelPartitions()),
    KERNELS("kernels", "What the arithmetic runs on.", operator -> Kernels.description());

    private final String key;
    private final String doc;
    private final Function<LearnOperatorBase, Object> value;

    LearnGauge(String key, String doc, Function<LearnOperatorBase, Object> value) {
        this.key = key;
        this.doc = doc;
        this.value = value;
    }

    /** Its name. */
    public String key() {
        return key;
    }

    /** What it is, in one sentence. */
    public String doc() {
        return doc;
    }

    Object value(LearnOperatorBase operator) {
        return value.apply(operator);
    }
}
