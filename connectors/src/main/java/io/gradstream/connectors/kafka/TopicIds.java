package io.gradstream.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids of the topics that a source reads. A topic that is deleted and made again has another: its offsets are of other records, and
 * where it has more than were read nobody else would notice. Brokers before 2.8 have no ids; then nothing is compared, nor is it with
 * another cluster, whose topics may be the same records at the same offsets.
 */
final class TopicIds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicIds.class);

    private final Properties admin;
    private final List<String> topics;
    private final Map<String, String> known;
    private Admin client;

    /**
     * @param admin properties of the client that asks
     * @param known ids by topic, as CLUSTER/ID, as a checkpoint has them; empty where there is none
     */
    TopicIds(Properties admin, List<String> topics, Map<String, String> known) {
        this.admin = admin;
        this.topics = topics;
        this.known = new HashMap<>(known);
        this.known.keySet().retainAll(topics);
    }

    void start() {
        client = Admin.create(admin);
    }

    /** What Kafka says; not on the thread that calls {@link #compare}. */
    Map<String, String> ask() throws ExecutionException, InterruptedException {
        Map<String, String> ids = new HashMap<>();
        String cluster = client.describeCluster().clusterId().get();
        for (TopicDescription topic :
                client.describeTopics(topics).allTopicNames().get().values()) {
            if (!topic.topicId().equals(Uuid.ZERO_UUID)) {
                ids.put(topic.name(), cluster + "/" + topic.topicId());
            }
        }
        return ids;
    }

    /**
     * Compares what Kafka says with what it said before.
     *
     * @param failure why it says nothing, or null; the source's own search for partitions says so, too, and decides what comes of it
     */
    void compare(Map<String, String> now, Throwable failure) {
        if (failure != null) {
            LOG.warn("Whether {} are the topics that were read cannot be asked: {}", topics, failure.toString());
            return;
        }
        now.forEach((topic, id) -> {
            String before = known.getOrDefault(topic, id);
            if (before.equals(id)) {
                return;
            }
            if (cluster(before).equals(cluster(id))) {
                throw new TopicReplacedException(topic);
            }
            LOG.warn("Topic {} is read from another cluster now; its offsets are taken to be the same there", topic);
        });
        known.putAll(now);
    }

    private static String cluster(String id) {
        return id.substring(0, id.indexOf('/'));
    }

    Map<String, String> known() {
        return known;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close(Duration.ZERO);
        }
    }
}
