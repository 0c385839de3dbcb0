package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.kafka.RawRecordEnumerator.AllGivenOut;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A reader tells its thread whenever all records that there were have been given. */
@Timeout(60)
class InputPausesTest {
    private static final int RECORDS = 100;

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    private final TestTopics topics = GRADSTREAM.topics();
    private InputPauses pauses;

    /** Readers of other tests were polled by this thread, too. */
    @BeforeEach
    void begin() {
        InputPauses.ofThisTask().close();
        pauses = InputPauses.ofThisTask();
    }

    @AfterEach
    void forget() {
        pauses.close();
    }

    @Test
    void areToldAfterTheLastRecordThatThereIsAndNotBetweenTwo() throws Exception {
        String topic = topics.create("in", 1);
        TakenRecords taken = new TakenRecords();
        List<Integer> paused = new ArrayList<>();
        pauses.listen(() -> paused.add(taken.values.size()));
        assertThat(pauses.areTold()).isFalse();
        try (SourceReader<RawRecord, KafkaPartitionSplit> reader = source(topic).createReader(new ReaderContext())) {
            reader.start();
            reader.handleSourceEvents(AllGivenOut.INSTANCE);
            write(topic);
            reader.addSplits(List.of(
                    new KafkaPartitionSplit(new TopicPartition(topic, 0), 0, KafkaPartitionSplit.NO_STOPPING_OFFSET)));
            pollUntilPaused(reader, taken, paused, RECORDS);
            write(topic);
            pollUntilPaused(reader, taken, paused, 2 * RECORDS);
        }
        assertThat(pauses.areTold()).isTrue();
        // Records of one write may come in more than one answer, but not each in its own.
        assertThat(paused.stream().distinct().count()).isLessThan(RECORDS / 2);
    }

    private static void pollUntilPaused(
            SourceReader<RawRecord, KafkaPartitionSplit> reader, TakenRecords taken, List<Integer> paused, int at)
            throws Exception {
        while (!paused.contains(at)) {
            reader.isAvailable().get(30, TimeUnit.SECONDS);
            reader.pollNext(taken);
        }
    }

    private void write(String topic) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(new ProducerRecord<>(topic, 0, null, ("r" + i).getBytes(StandardCharsets.UTF_8)));
        }
        topics.write(records);
    }

    private Source<RawRecord, KafkaPartitionSplit, ?> source(String topic) {
        Map<String, String> client =
                Map.of("bootstrap.servers", GRADSTREAM.broker().bootstrap());
        return KafkaSources.raw(client, List.of(topic), new StartOffsets.Earliest(), false);
    }
}
