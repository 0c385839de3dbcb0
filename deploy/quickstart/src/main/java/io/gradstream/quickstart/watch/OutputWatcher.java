package io.gradstream.quickstart.watch;

import io.gradstream.connectors.kafka.OutputTopics;
import io.gradstream.connectors.records.AvroRecords;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.SnapshotAssembler;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.connectors.records.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what the job committed, on a thread of its own, and keeps the newest of it. */
public final class OutputWatcher implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrap;
    private final OutputTopics topics;
    private final String model;
    private final SnapshotAssembler snapshots;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ending;
    private Outputs seen = Outputs.NONE;
    private RuntimeException failure;

    private OutputWatcher(String bootstrap, OutputTopics topics, String model) {
        this.bootstrap = bootstrap;
        this.topics = topics;
        this.model = model;
        this.snapshots = new SnapshotAssembler(model);
        this.thread = new Thread(this::run, "output-watcher");
        this.thread.setDaemon(true);
    }

    /** Starts reading the topics from their beginning. */
    public static OutputWatcher start(String bootstrap, OutputTopics topics, String model) {
        OutputWatcher watcher = new OutputWatcher(bootstrap, topics, model);
        watcher.thread.start();
        return watcher;
    }

    /**
     * What was committed so far.
     *
     * @throws IllegalStateException if the topics could not be read
     */
    public synchronized Outputs seen() {
        if (failure != null) {
            throw new IllegalStateException("the job's outputs cannot be read: " + failure.getMessage(), failure);
        }
        return seen;
    }

    /** Reads to what is the topics' end when this is called, stops, and gives everything. */
    public Outputs readToEnd() throws InterruptedException {
        ending = true;
        thread.join();
        return seen();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "isolation.level", "read_committed",
                        "max.poll.records", "5000",
                        "max.partition.fetch.bytes", "4194304"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed && !ending) {
                take(consumer);
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!closed
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                take(consumer);
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private void take(KafkaConsumer<byte[], byte[]> consumer) {
        Outputs next = seen;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            next = add(next, record);
        }
        synchronized (this) {
            seen = next;
        }
    }

    private Outputs add(Outputs outputs, ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(topics.predictions())) {
                return outputs.withPrediction();
            }
            if (record.topic().equals(topics.deadLetters())) {
                return outputs.withDeadLetter();
            }
            if (record.topic().equals(topics.metrics())) {
                Evaluation evaluation = AvroRecords.evaluation(record.value());
                return outputs.with(evaluation);
            }
            Optional<Outgoing> piece = SnapshotChunks.read(model, record.key(), record.value());
            if (piece.isPresent() && snapshots.add(piece.get()) instanceof SnapshotAssembler.Complete complete) {
                return outputs.with(complete.snapshot(), System.nanoTime());
            }
            return outputs;
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(
                    record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + e.getMessage(), e);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics.names()) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }
}
