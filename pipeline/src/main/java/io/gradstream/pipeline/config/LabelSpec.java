package io.gradstream.pipeline.config;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is to be predicted: a field of the event, or of a record on a topic of its own. */
@Doc("What is to be predicted.")
public record LabelSpec(
        @Doc(
                "Field with the outcome. Without threshold and classes it is true or false (or 1 and 0) for a binary task and the"
                        + " value itself for a regression.")
        String field,

        @Doc("Binary only: an outcome above this is 1, else 0.")
        Optional<Double> threshold,

        @Doc("The outcome's values as text in the order of the model's classes, or their number if they are 0, 1, 2, …;"
                + " for a binary task [negative, positive].")
        @Default("[]")
        List<String> classes,

        @Doc("Topic of the labels, or list of topics; without it the label is in the event.") @Default("[]")
        List<String> topic,

        @Doc("How a label's value is written; without it as the events are.")
        Optional<FormatSpec> format,

        @Doc("Field with the event's id, or record-key.") Optional<String> id,

        @Doc("Field with the time at which the label became known; record-timestamp takes the record's own.")
        @Default("record-timestamp")
        String time,

        @Doc("How far labels may be behind the newest of their partition.") @Default("0s")
        Duration outOfOrderness,

        @Doc(
                "How far the time may be ahead of the record's own timestamp; a label further ahead is a dead letter (time-ahead)"
                        + " and moves no clock. Without it any time until 2199 is taken.")
        Optional<Duration> maxAhead,

        @Doc(
                "The same as input.idle-after, for partitions of the labels. It does not count for default: nothing is learned because labels"
                        + " are silent.")
        @Default("1m")
        Duration idleAfter,

        @Doc("How long an event waits for its label, in event time; then it is forgotten, or learned as 'default'.")
        @Key("wait")
        @Default("1d")
        Duration waitFor,

        @Doc(
                "What is learned when no label came in time: 0 or 1, a class, or a value. Without it nothing is. It waits for every"
                        + " partition of the labels, also for one that is idle (metric silentLabelPartitions).")
        @Key("default")
        Optional<String> byDefault,

        @Doc("Most events that wait at once; what comes beyond is scored, but not learned, and counted.")
        @Default("10000000")
        long maxWaiting) {

    public LabelSpec {
        if (field.isBlank()) {
            throw new IllegalArgumentException("field must not be empty");
        }
        if (waitFor.isZero()) {
            throw new IllegalArgumentException("wait must be longer than 0");
        }
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("max-waiting must be at least 1, was " + maxWaiting);
        }
        if (threshold.isPresent() && !Double.isFinite(threshold.get())) {
            throw new IllegalArgumentException("threshold must be a finite number, was " + threshold.get());
        }
    }
}
