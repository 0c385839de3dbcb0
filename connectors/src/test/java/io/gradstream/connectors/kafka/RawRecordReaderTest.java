package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.kafka.RawRecordEnumerator.AllGivenOut;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.testing.GradstreamExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class RawRecordReaderTest {
    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    /** A partition that comes with a checkpoint may not be the only one: event time would pass the others by. */
    @Test
    void nothingIsReadBeforeAllPartitionsAreGivenOut() throws Exception {
        String topic = GRADSTREAM.topics().create("in");
        GRADSTREAM.topics().write(topic, "a");
        Source<RawRecord, KafkaPartitionSplit, ?> source = KafkaSources.raw(
                Map.of("bootstrap.servers", GRADSTREAM.broker().bootstrap(), "client.id.prefix", topic),
                List.of(topic),
                new StartOffsets.Earliest(),
                false);
        TakenRecords read = new TakenRecords();
        try (SourceReader<RawRecord, KafkaPartitionSplit> reader = source.createReader(new ReaderContext())) {
            reader.start();
            reader.addSplits(List.of(new KafkaPartitionSplit(new TopicPartition(topic, 0), 0)));
            CompletableFuture<Void> available = reader.isAvailable();
            Awaitility.await("the record has been fetched")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> FinishedPartitionTest.polled(topic) == 1);
            for (int i = 0; i < 100; i++) {
                assertThat(reader.pollNext(read)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
            }
            assertThat(available).isNotDone();
            reader.handleSourceEvents(AllGivenOut.INSTANCE);
            assertThat(available).isDone();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                reader.pollNext(read);
                return read.values.size() == 1;
            });
        }
    }
}
