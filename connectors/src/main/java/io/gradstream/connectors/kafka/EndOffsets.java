package io.gradstream.connectors.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a bounded source ends: behind the last record that it may read when it starts. Flink's own {@code latest} asks
 * for the last record written, and then waits for every open transaction to end.
 */
@SuppressWarnings("deprecation") // Flink's interface speaks of OffsetResetStrategy
final class EndOffsets implements OffsetsInitializer {
    private static final long serialVersionUID = 1;

    private final Properties admin;
    private final IsolationLevel isolation;

    /** @param isolation the consumer's {@code isolation.level} */
    EndOffsets(Properties admin, String isolation) {
        this.admin = admin;
        this.isolation = IsolationLevel.valueOf(isolation.toUpperCase(Locale.ROOT));
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        try (Admin client = Admin.create(admin)) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : client.listOffsets(
                            latest, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .entrySet()) {
                offsets.put(end.getKey(), end.getValue().offset());
            }
            return offsets;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of " + partitions + " cannot be found out", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while finding out the end of " + partitions, e);
        }
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
