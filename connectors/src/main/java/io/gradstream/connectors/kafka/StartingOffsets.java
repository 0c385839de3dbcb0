package io.gradstream.connectors.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * {@link StartOffsets} for Flink. Every offset is found out before reading begins, so the consumer needs no reset
 * strategy: an offset that is not there later means lost records, and must not be passed over in silence.
 */
@SuppressWarnings("deprecation") // Flink's interface speaks of OffsetResetStrategy
final class StartingOffsets implements OffsetsInitializer {
    private static final long serialVersionUID = 1;

    private final StartOffsets start;
    private final String reset;

    /** @param reset the user's {@code auto.offset.reset}, or null */
    StartingOffsets(StartOffsets start, List<String> topics, String reset) {
        this.start = start;
        this.reset = reset;
        if (start instanceof StartOffsets.Specific specific) {
            for (String partition : specific.offsets().keySet()) {
                String topic = partition.substring(0, partition.lastIndexOf('-'));
                if (!topics.contains(topic)) {
                    throw new IllegalArgumentException("start offset for '" + partition + "', but " + topic
                            + " is none of the input topics " + topics);
                }
            }
        }
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
        if (start instanceof StartOffsets.Latest) {
            return kafka.endOffsets(partitions);
        }
        if (start instanceof StartOffsets.Committed committed) {
            return committed(committed.otherwise(), partitions, kafka);
        }
        if (start instanceof StartOffsets.Timestamp timestamp) {
            return timestamp(timestamp.at().toEpochMilli(), partitions, kafka);
        }
        Map<TopicPartition, Long> offsets = new HashMap<>(kafka.beginningOffsets(partitions));
        if (start instanceof StartOffsets.Specific specific) {
            offsets.replaceAll(
                    (partition, beginning) -> specific.offsets().getOrDefault(partition.toString(), beginning));
        }
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return reset == null ? OffsetResetStrategy.NONE : OffsetResetStrategy.valueOf(reset.toUpperCase(Locale.ROOT));
    }

    /** The same as the consumer's {@code auto.offset.reset}. */
    String resetStrategy() {
        return getAutoOffsetResetStrategy().name().toLowerCase(Locale.ROOT);
    }

    private static Map<TopicPartition, Long> committed(
            StartOffsets.Committed.Otherwise otherwise,
            Collection<TopicPartition> partitions,
            PartitionOffsetsRetriever kafka) {
        Map<TopicPartition, Long> offsets = new HashMap<>(kafka.committedOffsets(partitions));
        offsets.values().removeIf(java.util.Objects::isNull);
        Set<TopicPartition> missing = new HashSet<>(partitions);
        missing.removeAll(offsets.keySet());
        if (!missing.isEmpty()) {
            switch (otherwise) {
                case EARLIEST -> offsets.putAll(kafka.beginningOffsets(missing));
                case LATEST -> offsets.putAll(kafka.endOffsets(missing));
                case FAIL ->
                    throw new IllegalStateException("the consumer group has no committed offset for " + missing
                            + "; start at earliest or latest instead");
            }
        }
        return offsets;
    }

    private static Map<TopicPartition, Long> timestamp(
            long millis, Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, millis));
        Map<TopicPartition, Long> offsets = new HashMap<>(kafka.endOffsets(partitions));
        kafka.offsetsForTimes(wanted).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }
}
