package io.gradstream.benchmarks.endtoend;

import io.gradstream.connectors.kafka.KafkaSources;
import io.gradstream.connectors.kafka.StartOffsets;
import io.gradstream.connectors.records.RawRecord;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The job that does nothing: the bytes of a topic to another, with the client settings of a pipeline. */
final class Identity {
    private Identity() {}

    static void build(
            StreamExecutionEnvironment env,
            Map<String, String> client,
            List<String> topics,
            String out,
            boolean exactlyOnce,
            boolean latency,
            boolean bounded) {
        Properties producer = new Properties();
        producer.putAll(client);
        producer.setProperty("transaction.timeout.ms", "900000");
        producer.setProperty("linger.ms", latency ? "0" : "10");
        if (!latency) {
            producer.setProperty("batch.size", "131072");
        }
        KafkaRecordSerializationSchema<RawRecord> bytes =
                (record, context, timestamp) -> new ProducerRecord<>(out, record.key(), record.value());
        KafkaSink<RawRecord> sink = KafkaSink.<RawRecord>builder()
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(bytes)
                .setDeliveryGuarantee(exactlyOnce ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE)
                .setTransactionalIdPrefix(out)
                .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
                .build();
        env.fromSource(
                        KafkaSources.raw(client, topics, new StartOffsets.Earliest(), bounded),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .uid("events")
                .sinkTo(sink)
                .uid("sink");
    }
}
