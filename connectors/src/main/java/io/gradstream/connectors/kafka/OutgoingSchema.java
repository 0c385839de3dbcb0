package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingEncoder;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.SnapshotChunk;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.connectors.records.SnapshotManifest;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Turns each outgoing record into a record of its topic. Record timestamps are left to the producer (the time of
 * writing): with event time in them, a replay of old data would be deleted by a topic's retention as it arrives.
 */
final class OutgoingSchema implements KafkaRecordSerializationSchema<Outgoing> {
    private static final long serialVersionUID = 1;
    private static final int SNAPSHOT_PARTITION = 0;

    private final OutputTopics topics;
    private final int maxRecordBytes;
    private transient OutgoingEncoder encoder;

    OutgoingSchema(OutputTopics topics, int maxRecordBytes) {
        this.topics = topics;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** Null, which the sink passes over, for a kind of record that has no topic. */
    @Override
    public ProducerRecord<byte[], byte[]> serialize(Outgoing record, KafkaSinkContext context, Long timestamp) {
        if (encoder == null) {
            encoder = new OutgoingEncoder();
        }
        if (record instanceof Prediction prediction) {
            return keyed(topics.predictions(), prediction.id(), record);
        }
        if (record instanceof DeadLetter letter) {
            return topics.deadLetters() == null
                    ? null
                    : DeadLetterRecords.toRecord(topics.deadLetters(), letter, maxRecordBytes);
        }
        if (record instanceof SnapshotChunk chunk) {
            return snapshot(SnapshotChunks.key(chunk), record);
        }
        if (record instanceof SnapshotManifest manifest) {
            return snapshot(SnapshotChunks.key(manifest), record);
        }
        return keyed(topics.metrics(), ((Evaluation) record).model(), record);
    }

    private ProducerRecord<byte[], byte[]> keyed(String topic, String key, Outgoing record) {
        return topic == null
                ? null
                : new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), encoder.encode(record));
    }

    private ProducerRecord<byte[], byte[]> snapshot(byte[] key, Outgoing record) {
        return topics.snapshots() == null
                ? null
                : new ProducerRecord<>(topics.snapshots(), SNAPSHOT_PARTITION, key, encoder.encode(record));
    }
}
