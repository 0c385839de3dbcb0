package io.gradstream.pipeline.config;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The events: where they are, how to read them, what identifies and dates them. */
@Doc("The events to score.")
public record EventsSpec(
        @Doc("Topic, or list of topics.") List<String> topic,
        @Doc("How a record's value is written.") FormatSpec format,

        @Doc("Field that identifies an event; record-key takes the record's key, origin its topic-partition-offset.")
        @Default("origin")
        String id,

        @Doc("Field with the event time; record-timestamp takes the record's own.") @Default("record-timestamp")
        String time,

        @Doc(
                "Field with what an event counts for when it is learned, 0 or more; 1 where it is missing. Without it all count the"
                        + " same.")
        Optional<String> weight,

        @Doc("How far events may be behind the newest of their partition.") @Default("0s")
        Duration outOfOrderness,

        @Doc(
                "How far the time may be ahead of the record's own timestamp; an event further ahead is a dead letter (time-ahead)"
                        + " and moves no clock. Without it any time until 2199 is taken.")
        Optional<Duration> maxAhead,

        @Doc(
                "A partition that has given no events for this long, by the clock on the wall, and has been read to its end, holds nobody back"
                        + " until it gives some. While Kafka does not say that it has been read to its end it is waited for, so that an outage"
                        + " changes no order. With order: event-time, what is then written into it with times that the others have passed is"
                        + " processed at once, out of order, counted (outOfOrder) and logged. 0s: a partition is always waited for, also one that"
                        + " gets no events.")
        @Default("1m")
        Duration idleAfter,

        @Doc(
                "Where the label is in the event and id is given: how many of the last ids are remembered, so that an event that comes"
                        + " again is marked as a duplicate and its label is learned once; 0: none.")
        @Default("100000")
        int rememberIds,

        @Doc(
                "Where events and labels are read from when there is no checkpoint: committed (where the consumer group stopped,"
                        + " else earliest), committed-or-latest, committed-or-fail, earliest, latest, a time as"
                        + " 2026-01-31T00:00:00Z, or offsets as flights-0:100,flights-1:7.")
        @Default("committed")
        String startOffsets,

        @Doc("Whether to end at the offsets that are the newest at the start, for events and labels.") @Default("false")
        boolean bounded) {

    private static final int MOST_REMEMBERED = 10_000_000;

    public EventsSpec {
        if (rememberIds < 0 || rememberIds > MOST_REMEMBERED) {
            throw new IllegalArgumentException(
                    "remember-ids must be between 0 and " + MOST_REMEMBERED + ", was " + rememberIds);
        }
    }
}
