package io.gradstream.quickstart.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gradstream.connectors.kafka.OutputTopics;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingEncoder;
import io.gradstream.connectors.records.SnapshotChunk;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.connectors.records.SnapshotManifest;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the panel sees of real topics. */
@Timeout(60)
class OutputWatcherTest {
    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    private final TestTopics kafka = GRADSTREAM.topics();
    private final OutputTopics topics = new OutputTopics(
            kafka.create("predictions", 2),
            kafka.create("snapshots"),
            kafka.create("metrics"),
            kafka.create("dead-letters"));
    private final OutgoingEncoder encoder = new OutgoingEncoder();

    @Test
    void keepsTheNewestOfWhatIsCommitted() throws Exception {
        kafka.write(topics.predictions(), "1", "2", "3");
        kafka.write(topics.deadLetters(), "1");
        try (OutputWatcher watcher = start()) {
            Awaitility.await()
                    .until(() ->
                            watcher.seen().predictions() == 3 && watcher.seen().deadLetters() == 1);
            assertThat(watcher.seen().all()).isNull();
            assertThat(watcher.seen().snapshot()).isNull();

            try (KafkaProducer<byte[], byte[]> producer = kafka.transaction(kafka.unique("id"))) {
                producer.send(new ProducerRecord<>(topics.predictions(), new byte[1]));
                producer.abortTransaction();
            }
            kafka.write(List.of(
                    record(evaluation(Evaluation.Scope.WINDOW, 10)),
                    record(evaluation(Evaluation.Scope.ALL, 20)),
                    record(evaluation(Evaluation.Scope.ALL, 30)),
                    record(evaluation(Evaluation.Scope.WINDOW, 15))));
            kafka.write(snapshot(7, 600_000));
            kafka.write(snapshot(8, 10));
            kafka.write(snapshot(9, 600_000).subList(0, 1));

            Outputs outputs = watcher.readToEnd();
            assertThat(outputs.predictions()).as("aborted ones do not count").isEqualTo(3);
            assertThat(outputs.all().examples()).isEqualTo(30);
            assertThat(outputs.window().examples()).isEqualTo(15);
            assertThat(outputs.snapshot().manifest().version()).isEqualTo(8);
            assertThat(outputs.snapshotNanos()).isLessThanOrEqualTo(System.nanoTime());
        }
    }

    @Test
    void saysWhereARecordLiesThatItCannotRead() throws Exception {
        kafka.write(topics.metrics(), "no evaluation");
        try (OutputWatcher watcher = start()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatIllegalStateException()
                            .isThrownBy(watcher::seen)
                            .withMessageContaining(topics.metrics() + "-0@0: "));
            assertThatIllegalStateException().isThrownBy(watcher::readToEnd);
        }
    }

    private OutputWatcher start() {
        return OutputWatcher.start(GRADSTREAM.broker().bootstrap(), topics, "flights");
    }

    private static Evaluation evaluation(Evaluation.Scope scope, long examples) {
        return new Evaluation("flights", "L", 3, scope, examples, 5, Map.of("auc", 0.73));
    }

    private ProducerRecord<byte[], byte[]> record(Evaluation evaluation) {
        return new ProducerRecord<>(topics.metrics(), encoder.encode(evaluation));
    }

    private List<ProducerRecord<byte[], byte[]>> snapshot(long version, int size) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Outgoing part : SnapshotChunks.split("flights", "L", version, "h", 5, Map.of(), new byte[size])) {
            byte[] key = part instanceof SnapshotManifest manifest
                    ? SnapshotChunks.key(manifest)
                    : SnapshotChunks.key((SnapshotChunk) part);
            records.add(new ProducerRecord<>(topics.snapshots(), key, encoder.encode(part)));
        }
        return records;
    }
}
