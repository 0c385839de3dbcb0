package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingEncoder;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotChunk;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.connectors.records.SnapshotManifest;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class SnapshotFollowerTest {
    private static final int THREE_CHUNKS = 2 * SnapshotChunks.MAX_BYTES + 17;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final GradstreamExtension gradstream =
            new GradstreamExtension().withoutFlink().withBrokerSetting("log.cleaner.backoff.ms", "100");

    private final TestTopics topics = gradstream.topics();
    private final Map<String, String> client =
            Map.of("bootstrap.servers", gradstream.broker().bootstrap());
    private final OutgoingEncoder encoder = new OutgoingEncoder();
    private final Recorder seen = new Recorder();

    @Test
    void snapshotsComeInOrderAndOnlyWhenTheyAreCommitted() throws Exception {
        String topic = topics.create("snapshots");
        try (KafkaProducer<byte[], byte[]> writer = topics.transaction(topics.unique("writer"));
                SnapshotFollower follower = follow(topic)) {
            assertThat(follower).isNotNull();
            send(writer, topic, split(1, THREE_CHUNKS));
            writer.abortTransaction();
            writer.beginTransaction();
            send(writer, topic, split(2, THREE_CHUNKS));
            writer.commitTransaction();
            await(() -> seen.versions().equals(List.of(2L)));
            writer.beginTransaction();
            send(writer, topic, split(3, 10));
            writer.commitTransaction();
            await(() -> seen.versions().equals(List.of(2L, 3L)));
        }
        assertThat(seen.snapshots.get(0).bytes()).isEqualTo(content(2, THREE_CHUNKS));
        assertThat(seen.problems).isEmpty();
        assertThat(seen.unreadable).isEmpty();
    }

    /** faults: 50 MB at max.message.bytes = 1 MB. */
    @Test
    void aLargeSnapshotGoesThroughATopicForSmallMessages() throws Exception {
        String topic = topics.create("snapshots", 1, Map.of("max.message.bytes", "1000000"));
        byte[] large = content(1, 50_000_000);
        write(topic, SnapshotChunks.split("delays", "L", 1, "h", 0, Map.of(), large));
        Snapshot latest =
                SnapshotFollower.latest(client, topic, "delays", PATIENCE).orElseThrow();
        assertThat(latest.manifest().chunks()).isEqualTo(96);
        assertThat(latest.bytes()).isEqualTo(large);
        try (SnapshotFollower follower = follow(topic)) {
            assertThat(follower).isNotNull();
            await(() -> seen.versions().equals(List.of(1L)));
        }
        assertThat(seen.snapshots.get(0).bytes()).isEqualTo(large);
    }

    @Test
    void tornAlteredAndOlderSnapshotsAreToldAndTheGoodOneStays() throws Exception {
        String topic = topics.create("snapshots");
        try (SnapshotFollower follower = follow(topic)) {
            assertThat(follower).isNotNull();
            write(topic, split(5, THREE_CHUNKS));
            await(() -> seen.versions().equals(List.of(5L)));
            List<Outgoing> torn = split(6, THREE_CHUNKS);
            torn.remove(1);
            write(topic, torn);
            await(() -> seen.problems.size() == 1);
            write(topic, split(4, 10));
            await(() -> seen.problems.size() == 2);
            topics.write(List.of(new ProducerRecord<>(
                    topic, 0, "delays/chunk/0".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3})));
            await(() -> seen.problems.size() == 3);
            assertThat(seen.versions()).containsExactly(5L);
            assertThat(seen.problems.get(0)).contains("version 6", "only 2 came");
            assertThat(seen.problems.get(1)).contains("version 4", "version 5 of the same lineage came before");
            assertThat(seen.problems.get(2)).contains("is no part of a snapshot");
            assertThat(SnapshotFollower.latest(client, topic, "delays", PATIENCE)
                            .orElseThrow()
                            .manifest()
                            .version())
                    .isEqualTo(5);
        }
    }

    @Test
    void compactedOlderVersionsArePassedOver() {
        String topic = topics.create(
                "snapshots",
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.bytes", "1048576",
                        "min.cleanable.dirty.ratio", "0.01",
                        "delete.retention.ms", "0",
                        "segment.ms", "1000"));
        write(topic, split(1, 5 * SnapshotChunks.MAX_BYTES));
        for (int version = 2; version < 6; version++) {
            write(topic, split(version, THREE_CHUNKS));
        }
        await(() -> topics.read(topic).stream()
                        .filter(record -> key(record.key()).equals("delays/chunk/0"))
                        .count()
                < 5);
        try (SnapshotFollower follower = follow(topic)) {
            assertThat(follower).isNotNull();
            await(() -> seen.versions().contains(5L));
        }
        assertThat(seen.problems).isEmpty();
        assertThat(seen.unreadable).isEmpty();
        assertThat(topics.read(topic).stream().map(record -> key(record.key())))
                .as("parts of version 1 that no newer version replaced are still there")
                .contains("delays/chunk/4");
    }

    @Test
    void aRestartedBrokerIsFollowedOn() throws Exception {
        String topic = topics.create("snapshots");
        try (SnapshotFollower follower = follow(topic)) {
            assertThat(follower).isNotNull();
            write(topic, split(1, 10));
            await(() -> seen.versions().equals(List.of(1L)));
            gradstream.broker().restart();
            write(topic, split(2, 10));
            await(() -> seen.versions().equals(List.of(1L, 2L)));
        }
        assertThat(seen.problems).isEmpty();
        assertThat(seen.unreadable).isEmpty();
    }

    @Test
    void aTopicThatComesLaterIsWaitedFor() {
        String topic = topics.unique("snapshots");
        assertThatThrownBy(() -> SnapshotFollower.latest(client, topic, "delays", PATIENCE))
                .isInstanceOf(SnapshotTopicException.class)
                .hasMessage("Snapshots topic '" + topic + "' is not there; correct its name, or start from scratch.");
        try (SnapshotFollower follower = follow(topic)) {
            assertThat(follower).isNotNull();
            await(() -> seen.missing == 1);
            assertThat(seen.caughtUp).isZero();
            assertThat(seen.found).isZero();
            gradstream.broker().createTopic(topic, 1);
            write(topic, split(1, 10));
            await(() -> seen.versions().equals(List.of(1L)) && seen.caughtUp == 1);
        }
        assertThat(seen.missing).isEqualTo(1);
        assertThat(seen.found).isEqualTo(1);
        assertThat(seen.problems).isEmpty();
        assertThat(seen.unreadable).isEmpty();
    }

    /** The new one is of another lineage, and shorter than what was read of the old one. */
    @Test
    void aTopicThatIsDeletedIsMissingAndReadFromItsBeginningWhenItIsMadeAgain() throws Exception {
        String topic = topics.create("snapshots");
        try (SnapshotFollower follower = follow(topic);
                Admin admin = Admin.create(topics.client())) {
            assertThat(follower).isNotNull();
            write(topic, split(1, THREE_CHUNKS));
            await(() -> seen.versions().equals(List.of(1L)));
            assertThat(seen.missing).isZero();
            admin.deleteTopics(List.of(topic)).all().get();
            await(() -> seen.missing == 1);
            gradstream.broker().createTopic(topic, 1);
            write(topic, SnapshotChunks.split("delays", "M", 1, "h", 0, Map.of(), content(1, 10)));
            await(() -> seen.versions().equals(List.of(1L, 1L)) && seen.caughtUp == 2);
        }
        assertThat(seen.missing).isEqualTo(1);
        assertThat(seen.found).isEqualTo(1);
        assertThat(seen.problems).isEmpty();
        assertThat(seen.unreadable).isEmpty();
    }

    @Test
    void latestReadsWhatIsCommittedWhenItIsCalled() throws Exception {
        String topic = topics.create("snapshots");
        assertThat(SnapshotFollower.latest(client, topic, "delays", PATIENCE)).isEmpty();
        write(topic, split(1, 10));
        write(topic, SnapshotChunks.split("other", "X", 7, "h", 0, Map.of(), new byte[3]));
        try (KafkaProducer<byte[], byte[]> writer = topics.transaction(topics.unique("latest"))) {
            send(writer, topic, split(2, 10));
            assertThat(SnapshotFollower.latest(client, topic, "delays", PATIENCE)
                            .orElseThrow()
                            .manifest()
                            .version())
                    .as("an open transaction is not waited for")
                    .isEqualTo(1);
            writer.commitTransaction();
        }
        assertThat(SnapshotFollower.latest(client, topic, "delays", PATIENCE)
                        .orElseThrow()
                        .manifest()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void latestEndsWhenNoBrokerAnswers() {
        assertThatThrownBy(() -> SnapshotFollower.latest(
                        Map.of("bootstrap.servers", "127.0.0.1:1"), "snapshots", "delays", Duration.ofSeconds(1)))
                .isInstanceOf(SnapshotTopicException.class)
                .hasMessageStartingWith("No Kafka broker answers at 127.0.0.1:1 within 1 s");
    }

    @Test
    void aListenerThatThrowsHasRefusedAndIsToldTheNextOne() {
        String topic = topics.create("snapshots");
        seen.failFor = 1;
        try (SnapshotFollower follower = follow(topic)) {
            assertThat(follower).isNotNull();
            write(topic, split(1, 10));
            await(() -> seen.problems.size() == 1);
            write(topic, split(2, 10));
            await(() -> seen.versions().equals(List.of(2L)));
        }
        assertThat(seen.problems).containsExactly("snapshot of delays, version 1, is not taken: another spec");
    }

    @Test
    void aFloorIsKeptAndCloseIsPrompt() {
        String topic = topics.create("snapshots");
        write(topic, split(4, 10));
        SnapshotFollower follower =
                SnapshotFollower.start(client, topic, "delays", new SnapshotAssembler.Floor("L", 5), seen);
        write(topic, split(5, 10));
        await(() -> seen.versions().equals(List.of(5L)));
        long start = System.nanoTime();
        follower.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("gradstream-snapshots-delays"));
        follower.close();
    }

    private SnapshotFollower follow(String topic) {
        return SnapshotFollower.start(client, topic, "delays", null, seen);
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
    }

    private void write(String topic, List<Outgoing> records) {
        topics.write(records(topic, records));
    }

    private void send(KafkaProducer<byte[], byte[]> writer, String topic, List<Outgoing> records) {
        List<Future<RecordMetadata>> sent =
                records(topic, records).stream().map(writer::send).toList();
        writer.flush();
        assertThat(sent).allMatch(Future::isDone);
    }

    private List<ProducerRecord<byte[], byte[]>> records(String topic, List<Outgoing> records) {
        List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>();
        for (Outgoing record : records) {
            byte[] key = record instanceof SnapshotChunk chunk
                    ? SnapshotChunks.key(chunk)
                    : SnapshotChunks.key((SnapshotManifest) record);
            made.add(new ProducerRecord<>(topic, 0, key, encoder.encode(record)));
        }
        return made;
    }

    private static String key(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private static List<Outgoing> split(long version, int length) {
        return new ArrayList<>(
                SnapshotChunks.split("delays", "L", version, "h", 0, Map.of(), content(version, length)));
    }

    private static byte[] content(long version, int length) {
        byte[] bytes = new byte[length];
        new Random(version).nextBytes(bytes);
        return bytes;
    }

    private static final class Recorder implements SnapshotFollower.Listener {
        private final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
        private final List<String> problems = new CopyOnWriteArrayList<>();
        private final List<String> unreadable = new CopyOnWriteArrayList<>();
        private volatile long failFor = -1;
        private volatile int missing;
        private volatile int found;
        private volatile int caughtUp;

        @Override
        public void accepted(Snapshot snapshot) {
            if (snapshot.manifest().version() == failFor) {
                throw new IllegalArgumentException("another spec");
            }
            snapshots.add(snapshot);
        }

        @Override
        public void refused(String problem) {
            problems.add(problem);
        }

        @Override
        public void unreadable(String problem) {
            unreadable.add(problem);
        }

        @Override
        public void missing() {
            missing++;
        }

        @Override
        public void found() {
            found++;
        }

        @Override
        public void caughtUp() {
            caughtUp++;
        }

        List<Long> versions() {
            return snapshots.stream().map(s -> s.manifest().version()).toList();
        }
    }
}
