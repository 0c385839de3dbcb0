package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.RawRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A {@link KafkaSource} with the same state, but whose partitions are read by {@link RawRecordReader} and given out by {@link RawRecordEnumerator}. */
final class RawRecordSource
        implements Source<RawRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
                ResultTypeQueryable<RawRecord>,
                LineageVertexProvider {
    private static final long serialVersionUID = 1;

    private final KafkaSource<RawRecord> source;
    private final RawRecordSchema schema;
    private final Properties properties;
    private final Properties admin;
    private final List<String> topics;
    private final Duration idleAfter;

    /**
     * @param properties the source's, with what {@link #complete} puts into them
     * @param admin those of a client that asks about its topics
     * @param idleAfter after how long without a record a partition may be idle; 0: never
     */
    RawRecordSource(
            KafkaSource<RawRecord> source,
            RawRecordSchema schema,
            Properties properties,
            Properties admin,
            List<String> topics,
            Duration idleAfter) {
        this.idleAfter = idleAfter;
        this.admin = admin;
        this.topics = List.copyOf(topics);
        this.source = source;
        this.schema = schema;
        this.properties = properties;
    }

    /** Puts in what KafkaSource's builder would put into its own copy. */
    static void complete(Properties properties, String resetStrategy) {
        properties.setProperty("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.setProperty("value.deserializer", ByteArrayDeserializer.class.getName());
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("auto.offset.reset", resetStrategy);
        String group = properties.getProperty("group.id");
        properties.putIfAbsent("commit.offsets.on.checkpoint", Boolean.toString(group != null));
        properties.putIfAbsent("client.id.prefix", group == null ? "gradstream" : group);
    }

    @Override
    public SourceReader<RawRecord, KafkaPartitionSplit> createReader(SourceReaderContext context) {
        return RawRecordReader.create(properties, schema, context, idleAfter);
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) throws IOException {
        return enumerator(context, Map.of(), source::createEnumerator);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint) throws IOException {
        return enumerator(
                context, EnumeratorState.topicIds(checkpoint), own -> source.restoreEnumerator(own, checkpoint));
    }

    private RawRecordEnumerator enumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            Map<String, String> topicIds,
            RawRecordEnumerator.Make enumerator)
            throws IOException {
        long interval = getBoundedness() == Boundedness.BOUNDED
                ? 0
                : Long.parseLong(properties.getProperty(KafkaSources.DISCOVERY));
        return new RawRecordEnumerator(context, new TopicIds(admin, topics, topicIds), interval, enumerator);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer(source.getEnumeratorCheckpointSerializer());
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return source.getProducedType();
    }

    @Override
    public LineageVertex getLineageVertex() {
        return source.getLineageVertex();
    }
}
