package io.gradstream.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Asks Kafka whether partitions have been read to their end. An offset before the end says nothing: what lies between may be the end of a
 * transaction, records of an aborted one or what compaction left, which no reader is given. So it is read here, once, until a record comes or the end.
 */
final class PartitionEnds implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** What was asked for, where it is still right that nothing came from there on to the consumer's position. */
    private final Map<TopicPartition, Long> nothingSince = new HashMap<>();

    /**
     * @param source properties of the reader's own consumer
     * @param clientId no other client's
     */
    PartitionEnds(Properties source, String clientId) {
        Properties properties = new Properties();
        properties.putAll(source);
        properties.remove("group.id");
        properties.remove("group.instance.id");
        properties.remove("interceptor.classes");
        properties.setProperty("client.id", clientId);
        properties.setProperty("auto.offset.reset", "none");
        properties.setProperty("max.poll.records", "1");
        properties.setProperty("fetch.min.bytes", "1");
        properties.setProperty("fetch.max.bytes", "1048576");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The ends of those behind whose offset there is no record that a reader is given, by what Kafka says now.
     *
     * @param next the offset that is read next, by partition
     * @param patience for Kafka's answer
     * @throws org.apache.kafka.common.KafkaException when Kafka does not say so of all of them
     */
    Map<TopicPartition, Long> readToEnd(Map<TopicPartition, Long> next, Duration patience) {
        try {
            return ask(next, patience);
        } catch (RuntimeException e) {
            nothingSince.clear();
            throw e;
        }
    }

    private Map<TopicPartition, Long> ask(Map<TopicPartition, Long> next, Duration patience) {
        consumer.assign(next.keySet());
        consumer.resume(next.keySet());
        nothingSince.keySet().retainAll(next.keySet());
        next.forEach((partition, offset) -> {
            if (!offset.equals(nothingSince.put(partition, offset))) {
                seek(partition, offset);
            }
        });
        Map<TopicPartition, Long> ends = consumer.endOffsets(next.keySet(), patience);
        Set<TopicPartition> undecided = new HashSet<>(next.keySet());
        Map<TopicPartition, Long> atEnd = new HashMap<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Set<TopicPartition> ended = undecided.stream()
                    .filter(partition -> consumer.position(partition, patience) >= ends.get(partition))
                    .collect(Collectors.toSet());
            ended.forEach(partition -> atEnd.put(partition, ends.get(partition)));
            consumer.pause(ended);
            undecided.removeAll(ended);
            if (undecided.isEmpty() || System.nanoTime() > deadline) {
                return atEnd;
            }
            Set<TopicPartition> more = notAtEnd();
            consumer.pause(more);
            undecided.removeAll(more);
            nothingSince.keySet().removeAll(more);
        }
    }

    /** Partitions that are found while the job runs begin at their beginning, wherever that is. */
    private void seek(TopicPartition partition, long offset) {
        if (offset == KafkaPartitionSplit.EARLIEST_OFFSET) {
            consumer.seekToBeginning(Set.of(partition));
        } else {
            consumer.seek(partition, offset);
        }
    }

    /** Those that have a record, or had one that was deleted before it was read: to pass over that in silence is not for this reader. */
    private Set<TopicPartition> notAtEnd() {
        try {
            return consumer.poll(POLL).partitions();
        } catch (OffsetOutOfRangeException e) {
            return e.partitions();
        }
    }

    /** Makes a question under way, or the next, end with a WakeupException. The only method for other threads. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
