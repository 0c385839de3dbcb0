package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.records.RawRecord;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
@SuppressWarnings("try") // CloseableIterator.close() may throw InterruptedException
class KafkaSourcesTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension();

    private static final long START = System.currentTimeMillis() - 60_000;

    private final TestTopics topics = gradstream.topics();
    private final Map<String, String> client =
            new HashMap<>(Map.of("bootstrap.servers", gradstream.broker().bootstrap()));
    private String topic;

    /** Four records, a second apart; not long ago, or retention would delete them. */
    @BeforeEach
    void fill() {
        topic = topics.create("in");
        for (int i = 0; i < 4; i++) {
            topics.write(List.of(record(topic, 0, START + 1000L * i, "k" + i, "v" + i)));
        }
    }

    @Test
    void recordsComeAsTheyAre() throws Exception {
        String other = topics.create("other");
        topics.write(List.of(record(other, 0, START + 5, null, "x"), record(other, 0, START + 6, "gone", null)));
        assertThat(read(List.of(topic, other), new StartOffsets.Earliest()))
                .containsExactlyInAnyOrder(
                        "0/0@0 0 k0=v0",
                        "0/0@1 1000 k1=v1",
                        "0/0@2 2000 k2=v2",
                        "0/0@3 3000 k3=v3",
                        "1/0@0 5 null=x",
                        "1/0@1 6 gone=null");
    }

    @Test
    void readingBeginsWhereItIsTold() throws Exception {
        assertThat(values(new StartOffsets.Latest())).isEmpty();
        assertThat(values(new StartOffsets.Timestamp(Instant.ofEpochMilli(START + 1500))))
                .containsExactly("v2", "v3");
        assertThat(values(new StartOffsets.Timestamp(Instant.ofEpochMilli(START + 8000))))
                .isEmpty();
        assertThat(values(new StartOffsets.Specific(Map.of(topic + "-0", 3L)))).containsExactly("v3");
        assertThat(values(new StartOffsets.Specific(Map.of()))).hasSize(4);
    }

    @Test
    void committedOffsetsAreTheGroups() throws Exception {
        client.put("group.id", topics.unique("group"));
        assertThat(values(committed(StartOffsets.Committed.Otherwise.EARLIEST))).hasSize(4);
        assertThat(values(committed(StartOffsets.Committed.Otherwise.LATEST))).isEmpty();
        try (Admin admin = Admin.create(topics.client())) {
            admin.alterConsumerGroupOffsets(
                            client.get("group.id"), Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(2)))
                    .all()
                    .get();
        }
        assertThat(values(committed(StartOffsets.Committed.Otherwise.FAIL))).containsExactly("v2", "v3");
        client.put("group.id", topics.unique("group"));
        assertThatThrownBy(() -> values(committed(StartOffsets.Committed.Otherwise.FAIL)))
                .hasStackTraceContaining("the consumer group has no committed offset for [" + topic + "-0]");
    }

    @Test
    void recordsOfOpenAndAbortedTransactionsAreNotRead() throws Exception {
        try (KafkaProducer<byte[], byte[]> writer = topics.transaction(topics.unique("writer"))) {
            Future<RecordMetadata> sent = writer.send(new ProducerRecord<>(topic, bytes("no")));
            writer.flush();
            assertThat(sent).isDone();
            assertThat(values(new StartOffsets.Earliest())).hasSize(4);
            writer.abortTransaction();
        }
        assertThat(values(new StartOffsets.Earliest())).hasSize(4);
        client.put("isolation.level", "read_uncommitted");
        assertThat(values(new StartOffsets.Earliest())).hasSize(5);
    }

    @Test
    void recordsThatAreGoneStopTheJobUnlessTheUserWantsOtherwise() throws Exception {
        try (Admin admin = Admin.create(topics.client())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
        }
        StartOffsets first = new StartOffsets.Specific(Map.of(topic + "-0", 0L));
        assertThatThrownBy(() -> values(first)).hasStackTraceContaining("out of range");
        client.put("auto.offset.reset", "earliest");
        assertThat(values(first)).containsExactly("v2", "v3");
    }

    @Test
    void aNewPartitionIsFound() throws Exception {
        client.put("partition.discovery.interval.ms", "200");
        try (CloseableIterator<String> records =
                stream(List.of(topic), new StartOffsets.Earliest(), false).executeAndCollect()) {
            assertThat(next(records, 4)).hasSize(4);
            try (Admin admin = Admin.create(topics.client())) {
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                        .all()
                        .get();
            }
            topics.write(List.of(record(topic, 1, START + 9, null, "new")));
            assertThat(next(records, 1)).containsExactly("0/1@0 9 null=new");
        }
    }

    @Test
    void startOffsetsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new StartOffsets.Specific(Map.of("flights", 3L)))
                .hasMessage("a partition is written TOPIC-NUMBER, such as flights-0, not 'flights'");
        assertThatThrownBy(() -> new StartOffsets.Specific(Map.of("flights-0", -1L)))
                .hasMessage("the offset of flights-0 must be 0 or more, was -1");
        assertThatThrownBy(() -> KafkaSources.raw(
                        client, List.of("flights"), new StartOffsets.Specific(Map.of("trains-0", 1L)), true))
                .hasMessage("start offset for 'trains-0', but trains is none of the input topics [flights]");
    }

    private static StartOffsets committed(StartOffsets.Committed.Otherwise otherwise) {
        return new StartOffsets.Committed(otherwise);
    }

    private List<String> values(StartOffsets start) throws Exception {
        return read(List.of(topic), start).stream()
                .map(text -> text.substring(text.indexOf('=') + 1))
                .toList();
    }

    private List<String> read(List<String> names, StartOffsets start) throws Exception {
        List<String> all = new ArrayList<>();
        try (CloseableIterator<String> records = stream(names, start, true).executeAndCollect()) {
            records.forEachRemaining(all::add);
        }
        return all;
    }

    private DataStream<String> stream(List<String> names, StartOffsets start, boolean bounded) {
        Configuration settings = new Configuration();
        settings.setString("pipeline.generic-types", "false");
        settings.setString("pipeline.object-reuse", "true");
        settings.setString("parallelism.default", "1");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        Source<RawRecord, ?, ?> source = KafkaSources.raw(client, names, start, bounded);
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "in")
                .map((MapFunction<RawRecord, String>) KafkaSourcesTest::text)
                .returns(Types.STRING);
    }

    private static List<String> next(CloseableIterator<String> records, int count) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(records.next());
        }
        return taken;
    }

    private static String text(RawRecord record) {
        return record.topic() + "/" + record.partition() + "@" + record.offset() + " " + (record.timestamp() - START)
                + " " + text(record.key()) + "=" + text(record.value());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, int partition, long timestamp, String key, String value) {
        return new ProducerRecord<>(topic, partition, timestamp, bytes(key), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
