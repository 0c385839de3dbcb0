package io.gradstream.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** What Kafka's client properties themselves show to be wrong; no broker is asked. */
public final class ClientChecks {
    private static final String SERVERS = "bootstrap.servers";
    private static final Pattern KEY = Pattern.compile(" for configuration ([a-z0-9._-]+)");

    private ClientChecks() {}

    /** @return by the property's key (empty where it is no single one's), plain sentences that say what to do and show no secret */
    public static Map<String, String> problems(Map<String, String> client, Delivery delivery) {
        Map<String, String> problems = new LinkedHashMap<>();
        String acks = client.getOrDefault("acks", "all");
        if (!acks.equals("all") && !acks.equals("-1")) {
            problems.put(
                    "acks",
                    "Kafka client property 'acks' is " + acks
                            + ", with which written records can be lost; set it to all or remove it.");
        }
        if (delivery == Delivery.EXACTLY_ONCE
                && client.getOrDefault("enable.idempotence", "true").equals("false")) {
            problems.put(
                    "enable.idempotence",
                    "Kafka client property 'enable.idempotence' is false, but exactly-once needs it; remove it.");
        }
        for (String server : client.getOrDefault(SERVERS, "").split(",", -1)) {
            if (!isAddress(server.strip())) {
                problems.put(
                        SERVERS,
                        "Kafka client property '" + SERVERS + "' has \"" + server.strip()
                                + "\"; give one or more HOST:PORT, such as localhost:9092, with commas between.");
            }
        }
        if (problems.isEmpty()) {
            try {
                configure(client, delivery);
            } catch (ConfigException e) {
                Matcher key = KEY.matcher(String.valueOf(e.getMessage()));
                problems.put(
                        key.find() && client.containsKey(key.group(1)) ? key.group(1) : "",
                        new KafkaFailures(client, Duration.ZERO).sentence(e));
            }
        }
        return problems;
    }

    /** As Kafka's clients read it; a port is at most 65535. */
    private static boolean isAddress(String server) {
        try {
            Integer port = Utils.getPort(server);
            String host = Utils.getHost(server);
            return host != null && !host.isEmpty() && port != null && port <= 0xFFFF;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void configure(Map<String, String> client, Delivery delivery) {
        Map<String, Object> producer = new HashMap<>();
        ClientProperties.producer(client, Map.of()).forEach((key, value) -> producer.put((String) key, value));
        producer.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        producer.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        if (delivery == Delivery.EXACTLY_ONCE) {
            producer.put("transactional.id", "any");
        }
        new ProducerConfig(producer);
        Properties consumer = ClientProperties.consumer(client, Map.of());
        consumer.setProperty("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        consumer.setProperty("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        new ConsumerConfig(consumer);
    }
}
