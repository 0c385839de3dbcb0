package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.RawRecord;
import io.gradstream.connectors.records.RawRecordTypeInfo;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands Kafka's bytes on as they are, in one instance that is used again. */
final class RawRecordSchema implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1;

    private final String[] topics;
    private transient RawRecord reuse;
    private transient String lastTopic;
    private transient int lastIndex;

    RawRecordSchema(List<String> topics) {
        this.topics = topics.toArray(String[]::new);
    }

    String firstTopic() {
        return topics[0];
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        if (reuse == null) {
            reuse = new RawRecord();
        }
        out.collect(reuse.set(
                index(record.topic()),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value()));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return RawRecordTypeInfo.INSTANCE;
    }

    /** The consumer gives all records of a partition the same string, so comparing the reference nearly always does. */
    @SuppressWarnings("ReferenceEquality")
    private int index(String topic) {
        if (topic == lastTopic) {
            return lastIndex;
        }
        for (int i = 0; i < topics.length; i++) {
            if (topics[i].equals(topic)) {
                lastTopic = topic;
                lastIndex = i;
                return i;
            }
        }
        throw new IllegalStateException("a record of topic " + topic + " came, which was not asked for");
    }
}
