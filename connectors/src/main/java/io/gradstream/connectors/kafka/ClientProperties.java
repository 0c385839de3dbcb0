package io.gradstream.connectors.kafka;

import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * One set of user properties, cut for each kind of client. A property that only other clients know is left out, so that
 * nobody is warned of it; one that no client knows passes to all, since a plugin may.
 */
final class ClientProperties {
    private ClientProperties() {}

    static Properties consumer(Map<String, String> client, Map<String, String> defaults) {
        Properties properties = merge(defaults, client, ConsumerConfig.configNames());
        properties.putIfAbsent("isolation.level", "read_committed");
        return properties;
    }

    static Properties producer(Map<String, String> client, Map<String, String> defaults) {
        Properties properties = merge(defaults, client, ProducerConfig.configNames());
        properties.remove("transactional.id");
        return properties;
    }

    static Properties admin(Map<String, String> client, Map<String, String> defaults) {
        return merge(defaults, client, AdminClientConfig.configNames());
    }

    private static Properties merge(Map<String, String> defaults, Map<String, String> client, Set<String> known) {
        Set<String> others = new HashSet<>(ConsumerConfig.configNames());
        others.addAll(ProducerConfig.configNames());
        others.addAll(AdminClientConfig.configNames());
        others.removeAll(known);
        Properties properties = new Properties();
        defaults.forEach(properties::setProperty);
        client.forEach((key, value) -> {
            if (!others.contains(key)) {
                properties.setProperty(key, value);
            }
        });
        return properties;
    }
}
