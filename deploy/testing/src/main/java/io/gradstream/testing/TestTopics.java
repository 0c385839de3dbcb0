package io.gradstream.testing;

import io.gradstream.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics for tests: makes them with names of their own, writes records, and reads them back the way a careful reader
 * does, with isolation {@code read_committed}.
 */
public final class TestTopics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final EmbeddedBroker broker;
    private KafkaProducer<byte[], byte[]> producer;

    TestTopics(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** A name that no other test of this process gets: {@code name-1}, {@code name-2} and so on. Makes no topic. */
    public String unique(String name) {
        return name + "-" + COUNTER.incrementAndGet();
    }

    /** Makes a topic with one partition and returns its unique name. */
    public String create(String name) {
        return create(name, 1, Map.of());
    }

    /** Makes a topic and returns its unique name. */
    public String create(String name, int partitions) {
        return create(name, partitions, Map.of());
    }

    /** Makes a topic with topic settings and returns its unique name. */
    public String create(String name, int partitions, Map<String, String> settings) {
        String topic = unique(name);
        broker.createTopic(topic, partitions, settings);
        return topic;
    }

    /** Writes UTF-8 values without keys and returns when the broker has them all. */
    public void write(String topic, String... values) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
        }
        write(records);
    }

    /** Writes records and returns when the broker has them all. */
    public synchronized void write(List<ProducerRecord<byte[], byte[]>> records) {
        if (producer == null) {
            Map<String, Object> properties = new HashMap<>(client());
            // A partition that was just added may refuse a first batch and take a second one, after which the first is
            // out of sequence for good.
            properties.put("max.in.flight.requests.per.connection", 1);
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(producer.send(record));
        }
        producer.flush();
        try {
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record was not written: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing", e);
        }
    }

    /** A producer whose transaction of this id has begun. {@code close(Duration.ZERO)} leaves it open, {@code close()} aborts it. */
    public KafkaProducer<byte[], byte[]> transaction(String id) {
        return transaction(id, Map.of());
    }

    /** The same with more client properties. */
    public KafkaProducer<byte[], byte[]> transaction(String id, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(client());
        properties.putAll(more);
        properties.put("transactional.id", id);
        KafkaProducer<byte[], byte[]> begun =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            begun.initTransactions();
            begun.beginTransaction();
            return begun;
        } catch (RuntimeException e) {
            begun.close(Duration.ZERO);
            throw e;
        }
    }

    /** All records committed by now, in partition order. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return read(topic, "read_committed");
    }

    /** All records by now, also those of open and aborted transactions. */
    public List<ConsumerRecord<byte[], byte[]>> readUncommitted(String topic) {
        return read(topic, "read_uncommitted");
    }

    /** Waits up to a minute for at least {@code count} committed records. */
    public List<ConsumerRecord<byte[], byte[]>> await(String topic, int count) {
        return await(topic, records -> records.size() >= count, "at least " + count + " records");
    }

    /**
     * Waits up to a minute until the committed records, read from the beginning, are as wanted.
     *
     * @throws AssertionError saying what was wanted and how many came
     */
    public List<ConsumerRecord<byte[], byte[]>> await(
            String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough, String wanted) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            fromBeginning(consumer, topic);
            while (!enough.test(records)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(topic + ": wanted " + wanted + " within " + PATIENCE.toSeconds() + " s, "
                            + records.size() + " came");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Client properties for the broker: {@code bootstrap.servers}. */
    public Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrap());
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation)) {
            List<TopicPartition> partitions = fromBeginning(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                while (consumer.position(partition) < ends.get(partition)) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }

    private static List<TopicPartition> fromBeginning(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    /** The close of a consumer waits for the answer to its last fetch, which is usually one of nothing: half a second, if it is not told otherwise. */
    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "isolation.level",
                        isolation,
                        "fetch.max.wait.ms",
                        "20",
                        "max.partition.fetch.bytes",
                        "8388608"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
