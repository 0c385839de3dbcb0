package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.kafka.KafkaChecks.Answers;
import io.gradstream.connectors.kafka.KafkaChecks.MayBeOpen;
import io.gradstream.connectors.kafka.TransactionWatch.Look;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs that the job whose savepoint is given still runs. */
@Timeout(60)
@ParameterizedClass(name = "transaction.version {0}")
@ValueSource(shorts = {1, 2})
class TransactionWatchTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension().withoutFlink();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Parameter
    private short version;

    private final TestTopics topics = gradstream.topics();
    private final String topic = topics.create("predictions", 2);
    private final String prefix = topics.unique("gradstream-shop");
    private final Admin admin = Admin.create(topics.client());
    private final TransactionWatch watch = new TransactionWatch(admin, new Answers(PATIENCE), prefix);

    @BeforeEach
    void useVersion() throws Exception {
        TransactionVersions.use(version, topics);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void whatADeadJobLeftStandsStill() throws Exception {
        try (KafkaProducer<byte[], byte[]> left = open(prefix + "-0-7");
                KafkaProducer<byte[], byte[]> other = open(prefix + "+score-0-7")) {
            Look first = watch.look();
            assertThat(first.anyOpen()).isTrue();
            other.commitTransaction();
            assertThat(first.signOfLife(watch.look(first))).isEmpty();
            assertThat(watch.living(Duration.ofMillis(300))).isEmpty();
            admin.fenceProducers(List.of(prefix + "-0-7")).all().get();
            assertThat(first.signOfLife(watch.look(first)))
                    .as("an abort is the broker's")
                    .isEmpty();
            assertThat(watch.look().anyOpen()).isFalse();
            assertThat(left).isNotNull();
        }
    }

    @Test
    void aRecordMoreIsASign() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = open(prefix + "-0-7")) {
            Look first = watch.look();
            write(producer, 0);
            assertThat(first.signOfLife(watch.look(first))).contains(prefix + "-0-7");
        }
    }

    @Test
    void aPartitionMoreIsASign() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = open(prefix + "-0-7")) {
            Look first = watch.look();
            write(producer, 1);
            assertThat(first.signOfLife(watch.look(first))).contains(prefix + "-0-7");
        }
    }

    @Test
    void aCommitIsASign() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = open(prefix + "-0-7")) {
            Look first = watch.look();
            producer.commitTransaction();
            Look later = watch.look(first);
            assertThat(first.signOfLife(later)).contains(prefix + "-0-7");
            assertThat(later.signOfLife(watch.look(later))).as("once").isEmpty();
        }
    }

    @Test
    void anotherTransactionIsASign() throws Exception {
        try (KafkaProducer<byte[], byte[]> precommitted = open(prefix + "-0-7")) {
            Look first = watch.look();
            try (KafkaProducer<byte[], byte[]> next = open(prefix + "-0-8")) {
                assertThat(first.signOfLife(watch.look(first))).contains(prefix + "-0-8");
                assertThat(List.of(precommitted, next)).hasSize(2);
            }
        }
    }

    /** As `flink run -s` does while the job that made the savepoint still runs. */
    @Test
    void aJobThatStillRunsIsRefused() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService job = Executors.newSingleThreadExecutor();
        try (KafkaProducer<byte[], byte[]> producer = open(prefix + "-0-7")) {
            Future<?> writes = job.submit(() -> {
                while (!stop.get()) {
                    write(producer, 0);
                }
            });
            assertThat(check())
                    .containsExactly("Transactional-id prefix '" + prefix + "' is in use: transaction '" + prefix
                            + "-0-7' is being written, so the job that made the checkpoint or savepoint still runs, or"
                            + " another with this prefix; stop it first ('flink stop' makes a savepoint to go on from), or"
                            + " choose another prefix.");
            stop.set(true);
            writes.get();
            producer.commitTransaction();
            assertThat(check()).as("it has stopped").isEmpty();
        } finally {
            stop.set(true);
            job.shutdown();
        }
    }

    private List<String> check() {
        return KafkaChecks.run(new KafkaChecks.Plan(
                Map.of("bootstrap.servers", gradstream.broker().bootstrap()),
                List.of(),
                new OutputTopics(topic, null, null, null),
                Delivery.EXACTLY_ONCE,
                prefix,
                KafkaChecks.MissingOutputs.REFUSE,
                MayBeOpen.LEFT_BEHIND,
                PATIENCE,
                PATIENCE));
    }

    private KafkaProducer<byte[], byte[]> open(String id) {
        KafkaProducer<byte[], byte[]> producer = topics.transaction(id);
        write(producer, 0);
        return producer;
    }

    private void write(KafkaProducer<byte[], byte[]> producer, int partition) {
        producer.send(new ProducerRecord<>(topic, partition, null, new byte[1]));
        producer.flush();
    }
}
