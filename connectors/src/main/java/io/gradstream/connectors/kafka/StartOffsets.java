package io.gradstream.connectors.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/** Where reading begins when a job starts without state; with state it goes on where it was. */
public sealed interface StartOffsets extends Serializable {
    /** At the oldest record. */
    record Earliest() implements StartOffsets {
        private static final long serialVersionUID = 1;
    }

    /** At what comes after the start. */
    record Latest() implements StartOffsets {
        private static final long serialVersionUID = 1;
    }

    /**
     * Where the consumer group stopped.
     *
     * @param otherwise what to do with a partition for which the group has no offset
     */
    record Committed(Otherwise otherwise) implements StartOffsets {
        private static final long serialVersionUID = 1;

        /** For a partition without a committed offset. */
        public enum Otherwise {
            /** Begin at the oldest record. */
            EARLIEST,
            /** Begin at what comes after the start. */
            LATEST,
            /** Do not start. */
            FAIL
        }
    }

    /**
     * At the first record that is as new as this or newer, by Kafka's record timestamp; at the end where none is.
     *
     * @param at a moment
     */
    record Timestamp(Instant at) implements StartOffsets {
        private static final long serialVersionUID = 1;
    }

    /**
     * At the offsets given; partitions that are not named begin at the oldest record.
     *
     * @param offsets partition, written as Kafka's tools do ({@code flights-0}), to offset
     */
    record Specific(Map<String, Long> offsets) implements StartOffsets {
        private static final long serialVersionUID = 1;

        public Specific {
            offsets = Map.copyOf(offsets);
            offsets.forEach((partition, offset) -> {
                if (!partition.matches(".+-(0|[1-9]\\d{0,8})")) {
                    throw new IllegalArgumentException("a partition is written TOPIC-NUMBER, such as flights-0, not '"
                            + partition + "'"
                            + (partition.matches(".+-0\\d+") ? "; write the number without zeros in front" : ""));
                }
                if (offset < 0) {
                    throw new IllegalArgumentException(
                            "the offset of " + partition + " must be 0 or more, was " + offset);
                }
            });
        }
    }
}
