package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.kafka.RawRecordEnumerator.AllGivenOut;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What watermark alignment asks of a partition that has been read to its end. */
@Timeout(60)
class FinishedPartitionTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension().withoutFlink();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestTopics topics = gradstream.topics();

    /**
     * Polls give one record each and the task takes none, so its queue of two is full and the fetcher waits with the third: the
     * consumer has given the partition back, and the task does not know yet. What the fetcher is told it does in order, so when the
     * other partition's record comes it has paused and resumed the first.
     */
    @Test
    void mayBePausedAndResumed() throws Exception {
        String topic = topics.create("in", 2);
        topics.write(
                List.of(record(topic, 0, "a"), record(topic, 0, "b"), record(topic, 0, "c"), record(topic, 1, "d")));
        KafkaPartitionSplit finished = new KafkaPartitionSplit(new TopicPartition(topic, 0), 0, 3);
        TakenRecords taken = new TakenRecords();
        try (SourceReader<RawRecord, KafkaPartitionSplit> reader = source(topic).createReader(new ReaderContext())) {
            reader.start();
            reader.handleSourceEvents(AllGivenOut.INSTANCE);
            reader.addSplits(List.of(finished));
            Awaitility.await().atMost(PATIENCE).until(() -> polled(topic) == 3);
            reader.pauseOrResumeSplits(List.of(finished.splitId()), List.of());
            reader.pauseOrResumeSplits(List.of(), List.of(finished.splitId()));
            reader.addSplits(List.of(new KafkaPartitionSplit(new TopicPartition(topic, 1), 0, 1)));
            poll(reader, taken, 4);
        }
        assertThat(taken.values).containsExactly("a", "b", "c", "d");
    }

    @Test
    void isHeldBackBeforeItsEnd() throws Exception {
        String topic = topics.create("in", 2);
        topics.write(List.of(record(topic, 0, "a"), record(topic, 1, "c")));
        KafkaPartitionSplit paused = new KafkaPartitionSplit(new TopicPartition(topic, 0), 0, 2);
        TakenRecords taken = new TakenRecords();
        try (SourceReader<RawRecord, KafkaPartitionSplit> reader = source(topic).createReader(new ReaderContext())) {
            reader.start();
            reader.handleSourceEvents(AllGivenOut.INSTANCE);
            reader.addSplits(List.of(paused));
            poll(reader, taken, 1);
            reader.pauseOrResumeSplits(List.of(paused.splitId()), List.of());
            topics.write(List.of(record(topic, 0, "b")));
            reader.addSplits(List.of(new KafkaPartitionSplit(new TopicPartition(topic, 1), 0, 1)));
            poll(reader, taken, 2);
            assertThat(taken.values).containsExactly("a", "c");
            reader.pauseOrResumeSplits(List.of(), List.of(paused.splitId()));
            poll(reader, taken, 3);
        }
        assertThat(taken.values).containsExactly("a", "c", "b");
    }

    private static void poll(SourceReader<RawRecord, KafkaPartitionSplit> reader, TakenRecords taken, int records)
            throws Exception {
        while (taken.values.size() < records) {
            reader.isAvailable().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            reader.pollNext(taken);
        }
    }

    /** Records that the source's consumer has been given, by its own metric; it is named after the topic. */
    static double polled(String topic) throws JMException {
        ObjectName metrics =
                new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=" + topic + "-0");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        return server.isRegistered(metrics) ? (double) server.getAttribute(metrics, "records-consumed-total") : 0;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, String value) {
        return new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8));
    }

    private Source<RawRecord, KafkaPartitionSplit, ?> source(String topic) {
        return KafkaSources.raw(
                Map.of(
                        "bootstrap.servers",
                        gradstream.broker().bootstrap(),
                        "client.id.prefix",
                        topic,
                        "max.poll.records",
                        "1"),
                List.of(topic),
                new StartOffsets.Earliest(),
                true);
    }
}
