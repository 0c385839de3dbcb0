package io.gradstream.pipeline.examples;

import io.gradstream.connectors.records.DeadLetter;
import java.util.Objects;

/**
 * A record that could not be used. It goes through the learning operator like any other, so that everything that came in is
 * counted in one place, and leaves as a dead letter.
 *
 * @param id its origin, topic-partition-offset: also its key
 * @param label whether it came from the labels' topic
 * @param topic index of the topic among the pipeline's input topics
 * @param content what leaves
 */
public record BadRecord(String id, boolean label, int topic, DeadLetter content) implements Incoming {

    /** Checks that all is there. */
    public BadRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(content, "content");
    }
}
