package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.kafka.RawRecordEnumerator.AllGivenOut;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TcpProxy;
import io.gradstream.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which partitions a reader marks idle. */
@Timeout(120)
class IdlePartitionsTest {
    private static final String LISTENER = "PROXIED";
    private static final TcpProxy NETWORK = new TcpProxy();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension()
            .withoutFlink()
            .withBrokerSetting("advertised.listeners", LISTENER + "://" + NETWORK.address());

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IDLE_AFTER = Duration.ofMillis(300);

    private final TestTopics topics = GRADSTREAM.topics();
    private final TakenRecords taken = new TakenRecords();

    @AfterAll
    static void close() throws Exception {
        NETWORK.close();
    }

    /** One was read, one never had a record, and one has a record that is held back: since before the first was read. */
    @Test
    void thoseThatHaveBeenReadToTheirEnd() throws Exception {
        String topic = topics.create("in", 3);
        topics.write(List.of(record(topic, 0, "b"), record(topic, 2, "a")));
        try (SourceReader<RawRecord, KafkaPartitionSplit> reader =
                reader(topic, GRADSTREAM.broker().bootstrap(), 2, 3)) {
            await(reader, () -> assertThat(taken.values).containsExactly("a"));
            reader.pauseOrResumeSplits(List.of(topic + "-2"), List.of());
            reader.addSplits(splits(topic, 0, 2));
            await(reader, () -> assertThat(taken.values).containsExactly("a", "b"));
            topics.write(List.of(record(topic, 2, "c")));
            awaitIdle(reader, topic + "-0", topic + "-1");
            reader.pauseOrResumeSplits(List.of(), List.of(topic + "-2"));
            awaitIdle(reader, topic + "-0", topic + "-1", topic + "-2");
            assertThat(taken.values).containsExactly("a", "b", "c");
        }
    }

    /** What ends a transaction has an offset, and so have records that were aborted; no reader is given them. What is written and not committed is not read yet. */
    @Test
    void thoseThatEndWithATransaction() throws Exception {
        String topic = topics.create("in", 3);
        KafkaProducer<byte[], byte[]> committed = topics.transaction(topics.unique("committed"));
        committed.send(record(topic, 0, "a"));
        committed.commitTransaction();
        committed.close();
        KafkaProducer<byte[], byte[]> aborted = topics.transaction(topics.unique("aborted"));
        IntStream.range(0, 100).forEach(i -> aborted.send(record(topic, 1, "x" + i)));
        aborted.flush();
        aborted.abortTransaction();
        aborted.close();
        try (KafkaProducer<byte[], byte[]> open = topics.transaction(topics.unique("open"));
                SourceReader<RawRecord, KafkaPartitionSplit> reader =
                        reader(topic, GRADSTREAM.broker().bootstrap(), 0, 3)) {
            open.send(record(topic, 2, "b"));
            open.flush();
            awaitIdle(reader, topic + "-0", topic + "-1", topic + "-2");
            assertThat(taken.values).containsExactly("a");
            open.commitTransaction();
            await(reader, () -> assertThat(taken.values).containsExactly("a", "b"));
            awaitIdle(reader, topic + "-0", topic + "-1", topic + "-2");
        }
    }

    /** Retention takes what ended the transaction, too; a job that is restored must not miss it. */
    @Test
    void areReadOnFromTheirEnd() throws Exception {
        String topic = topics.create("in");
        try (KafkaProducer<byte[], byte[]> producer = topics.transaction(topics.unique("committed"));
                SourceReader<RawRecord, KafkaPartitionSplit> reader =
                        reader(topic, GRADSTREAM.broker().bootstrap(), 0, 1)) {
            producer.send(record(topic, 0, "a"));
            producer.commitTransaction();
            await(reader, () -> assertThat(taken.values).containsExactly("a"));
            awaitOffset(reader, 2);
            producer.beginTransaction();
            producer.send(record(topic, 0, "b"));
            producer.commitTransaction();
            await(reader, () -> assertThat(taken.values).containsExactly("a", "b"));
            awaitOffset(reader, 4);
        }
    }

    /** One that is found while the job runs begins at its beginning, wherever that is. */
    @Test
    void oneThatWasAddedAndHasNothing() throws Exception {
        String topic = topics.create("in", 2);
        topics.write(List.of(record(topic, 0, "a")));
        try (SourceReader<RawRecord, KafkaPartitionSplit> reader =
                reader(topic, GRADSTREAM.broker().bootstrap(), 0, 1)) {
            reader.addSplits(List.of(
                    new KafkaPartitionSplit(new TopicPartition(topic, 1), KafkaPartitionSplit.EARLIEST_OFFSET)));
            awaitIdle(reader, topic + "-0", topic + "-1");
            topics.write(List.of(record(topic, 1, "b")));
            await(reader, () -> assertThat(taken.values).containsExactly("a", "b"));
        }
    }

    /** What was deleted before it was read is missed by the reader, and not passed over. */
    @Test
    void notOneWhoseRecordsWereDeletedUnread() throws Exception {
        String topic = topics.create("in", 2);
        topics.write(List.of(record(topic, 0, "a"), record(topic, 1, "b")));
        try (SourceReader<RawRecord, KafkaPartitionSplit> reader =
                reader(topic, GRADSTREAM.broker().bootstrap(), 0, 2)) {
            await(reader, () -> assertThat(taken.values).containsExactlyInAnyOrder("a", "b"));
            awaitIdle(reader, topic + "-0", topic + "-1");
            reader.pauseOrResumeSplits(List.of(topic + "-1"), List.of());
            topics.write(List.of(record(topic, 1, "c")));
            awaitIdle(reader, topic + "-0");
            try (Admin admin = Admin.create(topics.client())) {
                admin.deleteRecords(Map.of(new TopicPartition(topic, 1), RecordsToDelete.beforeOffset(2)))
                        .all()
                        .get();
            }
            Instant until = Instant.now().plus(IDLE_AFTER.multipliedBy(5));
            await(reader, () -> {
                assertThat(taken.idle).containsExactly(topic + "-0");
                assertThat(Instant.now()).isAfter(until);
            });
            assertThat(reader.snapshotState(1))
                    .filteredOn(split -> split.getPartition() == 1)
                    .extracting(KafkaPartitionSplit::getStartingOffset)
                    .containsExactly(1L);
        }
    }

    /** An outage is no silence, for one that was idle before it neither. */
    @Test
    void noneWhileKafkaDoesNotAnswer() throws Exception {
        NETWORK.leadTo(portOf(GRADSTREAM.broker().address(LISTENER)));
        String topic = topics.create("in", 2);
        topics.write(List.of(record(topic, 0, "a")));
        try (SourceReader<RawRecord, KafkaPartitionSplit> reader = reader(topic, NETWORK.address(), 0, 2)) {
            awaitIdle(reader, topic + "-0", topic + "-1");
            NETWORK.cut();
            awaitIdle(reader);
            NETWORK.heal();
            awaitIdle(reader, topic + "-0", topic + "-1");
        }
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static SourceReader<RawRecord, KafkaPartitionSplit> reader(String topic, String bootstrap, int from, int to)
            throws Exception {
        SourceReader<RawRecord, KafkaPartitionSplit> reader = KafkaSources.raw(
                        Map.of("bootstrap.servers", bootstrap, "client.id.prefix", topic),
                        List.of(topic),
                        new StartOffsets.Earliest(),
                        false,
                        ClientProfile.LATENCY,
                        IDLE_AFTER)
                .createReader(new ReaderContext());
        reader.start();
        reader.handleSourceEvents(AllGivenOut.INSTANCE);
        reader.addSplits(splits(topic, from, to));
        return reader;
    }

    private static List<KafkaPartitionSplit> splits(String topic, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(partition -> new KafkaPartitionSplit(new TopicPartition(topic, partition), 0))
                .toList();
    }

    private void awaitIdle(SourceReader<RawRecord, KafkaPartitionSplit> reader, String... partitions) {
        await(reader, () -> assertThat(taken.idle).containsExactly(partitions));
    }

    private void awaitOffset(SourceReader<RawRecord, KafkaPartitionSplit> reader, long offset) {
        await(
                reader,
                () -> assertThat(reader.snapshotState(1))
                        .extracting(KafkaPartitionSplit::getStartingOffset)
                        .containsExactly(offset));
    }

    private void await(SourceReader<RawRecord, KafkaPartitionSplit> reader, ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            reader.pollNext(taken);
            assertion.run();
        });
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, String value) {
        return new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8));
    }
}
