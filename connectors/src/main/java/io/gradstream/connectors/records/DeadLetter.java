package io.gradstream.connectors.records;

import java.util.Arrays;
import java.util.Objects;

/**
 * A record that could not be used: why, where it lay, and its bytes as they were.
 *
 * @param reason a stable code in kebab-case, such as {@code undecodable} or {@code not-finite}
 * @param message one sentence for people
 * @param topic where the record lay
 * @param partition where the record lay
 * @param offset where the record lay
 * @param timestamp Kafka's record timestamp in milliseconds since the epoch, or -1
 * @param key the record's key, or null
 * @param value the record's value, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record DeadLetter(
        String reason,
        String message,
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte[] key,
        byte[] value)
        implements Outgoing {

    public DeadLetter {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(topic, "topic");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetter that
                && reason.equals(that.reason)
                && message.equals(that.message)
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && timestamp == that.timestamp
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, topic, partition, offset, Arrays.hashCode(value));
    }

    /** Names the place and the reason; never shows the bytes, which may hold what must not be in a log. */
    @Override
    public String toString() {
        return "DeadLetter[" + topic + "-" + partition + "@" + offset + ": " + reason + ", " + message + "]";
    }
}
