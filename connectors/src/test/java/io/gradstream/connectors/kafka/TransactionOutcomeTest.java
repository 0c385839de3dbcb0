package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a broker says of transactions as the sink leaves them, before and since KIP-890: with transaction.version 1 the epoch stays as it
 * is when a transaction ends, with 2 it is raised.
 */
@Timeout(60)
@ParameterizedClass(name = "transaction.version {0}")
@ValueSource(shorts = {1, 2})
class TransactionOutcomeTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension()
            .withoutFlink()
            .withBrokerSetting("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");

    @Parameter
    private short version;

    private final TestTopics topics = gradstream.topics();
    private final String topic = topics.create("predictions");
    private final String id = topics.unique("gradstream-shop-0");
    private final TransactionOutcome outcome = new TransactionOutcome(
            Map.of("bootstrap.servers", gradstream.broker().bootstrap()));
    private FlinkKafkaInternalProducer<byte[], byte[]> producer;

    @BeforeEach
    void open() throws Exception {
        TransactionVersions.use(version, topics);
        producer = producer();
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void whatIsCommittedWasCommitted() throws Exception {
        KafkaCommittable prepared = write(producer);
        producer.commitTransaction();
        assertThat(outcome.isCommitted(prepared)).isTrue();
        assertThat(topics.read(topic)).hasSize(1);
    }

    @Test
    void whatIsOpenIsNot() throws Exception {
        KafkaCommittable prepared = write(producer);
        assertThat(outcome.isCommitted(prepared)).isFalse();
    }

    @Test
    void whatIsAbortedIsNot() throws Exception {
        KafkaCommittable prepared = write(producer);
        producer.abortTransaction();
        assertThat(outcome.isCommitted(prepared)).isFalse();
    }

    /** The next attempt begins with the same id: it aborts what it finds, and its own commit proves nothing of that. */
    @Test
    void whatAnotherProducerOfTheSameIdAbortedIsNotAlsoWhenThatOneCommits() throws Exception {
        KafkaCommittable prepared = write(producer);
        try (FlinkKafkaInternalProducer<byte[], byte[]> next = producer()) {
            assertThat(outcome.isCommitted(prepared)).isFalse();
            KafkaCommittable another = write(next);
            assertThat(outcome.isCommitted(prepared)).isFalse();
            next.commitTransaction();
            assertThat(outcome.isCommitted(prepared)).isFalse();
            assertThat(outcome.isCommitted(another)).isTrue();
        }
        assertThat(topics.read(topic)).hasSize(1);
    }

    /** Its epoch was raised by the broker, once for the timeout and once for the next producer. */
    @Test
    void whatTimedOutIsNotAlsoWhenAnotherProducerOfTheSameIdCommits() throws Exception {
        try (FlinkKafkaInternalProducer<byte[], byte[]> impatient = producer(500)) {
            KafkaCommittable prepared = write(impatient);
            try (Admin admin = Admin.create(topics.client())) {
                Awaitility.await()
                        .until(() -> admin.describeTransactions(List.of(id))
                                        .description(id)
                                        .get()
                                        .state()
                                == TransactionState.COMPLETE_ABORT);
            }
            assertThat(outcome.isCommitted(prepared)).isFalse();
            try (FlinkKafkaInternalProducer<byte[], byte[]> next = producer()) {
                assertThat(outcome.isCommitted(prepared)).isFalse();
                write(next);
                next.commitTransaction();
                assertThat(outcome.isCommitted(prepared)).isFalse();
            }
        }
    }

    @Test
    void whatKafkaDoesNotKnowIsNot() throws Exception {
        assertThat(outcome.isCommitted(new KafkaCommittable(7, (short) 0, topics.unique("nobody"), null)))
                .isFalse();
    }

    private KafkaCommittable write(FlinkKafkaInternalProducer<byte[], byte[]> with) {
        with.beginTransaction();
        with.send(new ProducerRecord<>(topic, new byte[] {1}));
        with.flush();
        return KafkaCommittable.of(with);
    }

    private FlinkKafkaInternalProducer<byte[], byte[]> producer() {
        return producer(60_000);
    }

    private FlinkKafkaInternalProducer<byte[], byte[]> producer(int timeoutMillis) {
        Properties properties = new Properties();
        properties.setProperty("transaction.timeout.ms", Integer.toString(timeoutMillis));
        properties.setProperty("bootstrap.servers", gradstream.broker().bootstrap());
        properties.setProperty("key.serializer", ByteArraySerializer.class.getName());
        properties.setProperty("value.serializer", ByteArraySerializer.class.getName());
        FlinkKafkaInternalProducer<byte[], byte[]> made = new FlinkKafkaInternalProducer<>(properties, id);
        made.initTransactions();
        return made;
    }
}
