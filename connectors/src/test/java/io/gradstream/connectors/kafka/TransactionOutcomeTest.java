package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a broker says of transactions as the sink leaves them. */
@Timeout(60)
class TransactionOutcomeTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension().withoutFlink();

    private final TestTopics topics = gradstream.topics();
    private final String topic = topics.create("predictions");
    private final String id = topics.unique("gradstream-shop-0");
    private final TransactionOutcome outcome = new TransactionOutcome(
            Map.of("bootstrap.servers", gradstream.broker().bootstrap()));
    private FlinkKafkaInternalProducer<byte[], byte[]> producer;

    @BeforeEach
    void open() {
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
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", gradstream.broker().bootstrap());
        properties.setProperty("key.serializer", ByteArraySerializer.class.getName());
        properties.setProperty("value.serializer", ByteArraySerializer.class.getName());
        FlinkKafkaInternalProducer<byte[], byte[]> made = new FlinkKafkaInternalProducer<>(properties, id);
        made.initTransactions();
        return made;
    }
}
