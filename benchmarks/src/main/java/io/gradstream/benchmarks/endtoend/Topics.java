package io.gradstream.benchmarks.endtoend;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes topics and fills them. */
final class Topics implements AutoCloseable {
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
}
