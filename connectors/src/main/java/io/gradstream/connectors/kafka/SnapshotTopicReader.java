package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotAssembler.Complete;
import io.gradstream.connectors.records.SnapshotAssembler.Refused;
import io.gradstream.connectors.records.SnapshotAssembler.Result;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.connectors.records.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the snapshots of one model from partition 0 of a topic, {@code read_committed}, from its beginning. One thread. */
final class SnapshotTopicReader implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final String model;
    private final SnapshotAssembler assembler;
    private final Consumer<String> refused;
    private Snapshot newest;

    /** @param refused is told of each snapshot that is not taken, in one sentence */
    SnapshotTopicReader(
            Map<String, String> client,
            String topic,
            String model,
            SnapshotAssembler.Floor floor,
            Consumer<String> refused) {
        this.partition = new TopicPartition(topic, 0);
        this.model = model;
        this.assembler = new SnapshotAssembler(model, floor);
        this.refused = refused;
        this.consumer =
                new KafkaConsumer<>(properties(client), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** Reads what is there, waiting up to {@code wait} when there is nothing. */
    void poll(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            add(record);
        }
    }

    /** Whether all that is committed was read. */
    boolean atEnd() {
        return consumer.currentLag(partition).orElse(1) == 0;
    }

    /** The offset behind the last committed record, as of now. */
    long end(Duration patience) {
        return consumer.endOffsets(List.of(partition), patience).get(partition);
    }

    /**
     * Whether the topic is there, and may be seen by this user. Kafka is asked only where the client does not know already, which it does from reading: it learns that a
     * topic has gone when a read of it fails, and when it next looks for all that it reads ({@code metadata.max.age.ms}).
     */
    boolean exists(Duration patience) {
        try {
            return !consumer.partitionsFor(partition.topic(), patience).isEmpty();
        } catch (TopicAuthorizationException e) {
            return false;
        }
    }

    /** The offset that is read next. */
    long position(Duration patience) {
        return consumer.position(partition, patience);
    }

    /** Says that the end was reached: what is torn there is now refused. */
    void caughtUp() {
        assembler.caughtUp().ifPresent(torn -> refused.accept(torn.problem()));
    }

    /** The newest good snapshot since the last call. */
    Optional<Snapshot> takeNewest() {
        Optional<Snapshot> taken = Optional.ofNullable(newest);
        newest = null;
        return taken;
    }

    boolean hasNewest() {
        return newest != null;
    }

    /** How many snapshots were passed over, as compaction leaves them. */
    long skipped() {
        return assembler.skipped();
    }

    /** Makes a {@link #poll} under way, or the next, end at once. The only method for other threads. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            Optional<Outgoing> read = SnapshotChunks.read(model, record.key(), record.value());
            Result result = read.isEmpty() ? null : assembler.add(read.get());
            if (result instanceof Complete complete) {
                newest = complete.snapshot();
            } else if (result instanceof Refused no) {
                refused.accept(no.problem());
            }
        } catch (UnreadableRecordException e) {
            refused.accept(
                    "record " + partition + "@" + record.offset() + " is no part of a snapshot: " + e.getMessage());
        }
    }

    private static Properties properties(Map<String, String> client) {
        Properties properties = ClientProperties.consumer(client, Map.of("max.partition.fetch.bytes", "4194304"));
        properties.remove("group.id");
        properties.remove("group.instance.id");
        properties.setProperty(
                "client.id",
                properties.getProperty("client.id", "gradstream") + "-snapshots-" + COUNTER.incrementAndGet());
        properties.setProperty("isolation.level", "read_committed");
        properties.setProperty("auto.offset.reset", "earliest");
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("allow.auto.create.topics", "false");
        return properties;
    }
}
