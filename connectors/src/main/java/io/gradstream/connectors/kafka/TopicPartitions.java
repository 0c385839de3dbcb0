package io.gradstream.connectors.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** How many partitions topics have. */
public final class TopicPartitions {
    private TopicPartitions() {}

    /**
     * Asks the cluster.
     *
     * @param client Kafka's client properties, with {@code bootstrap.servers}
     * @return the number of partitions of each topic, in their order
     */
    public static List<Integer> counts(Map<String, String> client, List<String> topics) throws IOException {
        try (Admin admin = Admin.create(ClientProperties.admin(client, Map.of()))) {
            Map<String, TopicDescription> found =
                    admin.describeTopics(topics).allTopicNames().get();
            List<Integer> counts = new ArrayList<>();
            for (String topic : topics) {
                counts.add(found.get(topic).partitions().size());
            }
            return counts;
        } catch (ExecutionException e) {
            throw new IOException(
                    "the partitions of " + topics + " cannot be found out: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while finding out the partitions of " + topics, e);
        }
    }
}
