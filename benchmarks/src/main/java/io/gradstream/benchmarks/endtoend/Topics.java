package io.gradstream.benchmarks.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes topics and fills them. */
final class Topics implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    /** So many offsets at the end of a topic hold a record for certain; the ends of transactions take some. */
    private static final long LAST = 1000;

    private final String bootstrap;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Whose records wait for others for at most {@code linger} milliseconds. */
    Topics(String bootstrap, int linger) {
        this.bootstrap = bootstrap;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "linger.ms",
                        String.valueOf(linger),
                        "batch.size",
                        "262144",
                        "acks",
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Kept for ever: by their event time the flights are older than any retention. */
    void create(List<String> names) throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, 1, (short) 1).configs(Map.of("retention.ms", "-1")))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("topics could not be made: " + e.getCause().getMessage(), e);
        }
    }

    /** Writes {@code count} records of {@link Load}. */
    void fill(String topic, int count) throws IOException {
        Load load = new Load();
        for (int i = 0; i < count; i++) {
            write(topic, load.next(i, i));
        }
        producer.flush();
    }

    void write(String topic, byte[] value) {
        producer.send(new ProducerRecord<>(topic, value));
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    /** Seconds between the writing of the first and of the last record in partition 0 of a topic. */
    static double seconds(String bootstrap, String topic) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            LongSummaryStatistics written = new LongSummaryStatistics();
            consumer.seekToBeginning(List.of(partition));
            while (written.getCount() == 0 && consumer.position(partition) < end) {
                read(consumer, written);
            }
            if (written.getCount() == 0) {
                throw new IOException("nothing was written to topic " + topic);
            }
            consumer.seek(partition, Math.max(0, end - LAST));
            while (consumer.position(partition) < end) {
                read(consumer, written);
            }
            return (written.getMax() - written.getMin()) / 1e3;
        }
    }

    private static void read(KafkaConsumer<byte[], byte[]> consumer, LongSummaryStatistics written) {
        consumer.poll(POLL).forEach(record -> written.accept(record.timestamp()));
    }
}
