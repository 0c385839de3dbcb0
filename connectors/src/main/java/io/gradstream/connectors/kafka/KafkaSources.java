package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.RawRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** Sources of raw records. */
public final class KafkaSources {
    private static final String RESET = "auto.offset.reset";
    static final String DISCOVERY = "partition.discovery.interval.ms";

    private KafkaSources() {}

    /** The same with the throughput profile, and no partition ever idle. */
    public static Source<RawRecord, KafkaPartitionSplit, ?> raw(
            Map<String, String> client, List<String> topics, StartOffsets start, boolean bounded) {
        return raw(client, topics, start, bounded, ClientProfile.THROUGHPUT, Duration.ZERO);
    }

    /**
     * What is wrong with properties that Kafka's own checks do not know or that Flink's source takes otherwise than Kafka's consumer.
     *
     * @return by property, each as half a sentence
     */
    public static Map<String, String> problems(Map<String, String> client) {
        Map<String, String> problems = new LinkedHashMap<>();
        String reset = client.getOrDefault(RESET, "none");
        if (!List.of("earliest", "latest", "none").contains(reset)) {
            problems.put(
                    RESET, "wanted earliest, latest or none, was \"" + reset + "\"; Flink's source takes no other");
        }
        String discovery = client.getOrDefault(DISCOVERY, "0");
        if (!discovery.matches("-?[0-9]{1,18}")) {
            problems.put(DISCOVERY, "wanted a whole number of milliseconds, was \"" + discovery + "\"");
        }
        return problems;
    }

    /**
     * A source of records as they lie in the topics. It emits one instance again and again; null values are emitted as
     * null. It reads {@code read_committed}, and finds new partitions once a minute.
     *
     * <p>If the records it wants next are gone, because the topic was cut by retention while the job was down, it fails
     * rather than go on behind the gap; the property {@code auto.offset.reset} changes that.
     *
     * @param client Kafka's client properties, with {@code bootstrap.servers}; with {@code group.id}, offsets are also
     *     committed to Kafka at each checkpoint, for others to see
     * @param topics topics; {@link RawRecord#topic} is an index into this list
     * @param start where to begin without state
     * @param bounded whether to end behind the last record of each partition that can be read at the start
     * @param profile defaults for the client
     * @param idleAfter a partition that has given nothing for this long, and has been read to its end as Kafka says, is marked idle until it
     *     gives a record or Kafka says otherwise, or nothing; 0: never. Watermarks must then be told after records only ({@code
     *     onPeriodicEmit}), since each makes a partition active
     */
    public static Source<RawRecord, KafkaPartitionSplit, ?> raw(
            Map<String, String> client,
            List<String> topics,
            StartOffsets start,
            boolean bounded,
            ClientProfile profile,
            Duration idleAfter) {
        Map<String, String> defaults = new HashMap<>(profile.consumer());
        defaults.put(DISCOVERY, "60000");
        Properties properties = ClientProperties.consumer(client, defaults);
        StartingOffsets starting = new StartingOffsets(start, topics, properties.getProperty(RESET));
        RawRecordSource.complete(properties, starting.resetStrategy());
        RawRecordSchema schema = new RawRecordSchema(topics);
        KafkaSourceBuilder<RawRecord> builder = KafkaSource.<RawRecord>builder()
                .setProperties(properties)
                .setTopics(List.copyOf(topics))
                .setStartingOffsets(starting)
                .setDeserializer(schema);
        if (bounded) {
            builder.setBounded(new EndOffsets(
                    ClientProperties.admin(client, Map.of()), properties.getProperty("isolation.level")));
        }
        return new RawRecordSource(
                builder.build(), schema, properties, ClientProperties.admin(client, Map.of()), topics, idleAfter);
    }
}
