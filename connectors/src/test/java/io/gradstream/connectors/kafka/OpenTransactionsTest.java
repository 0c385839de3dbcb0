package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.kafka.OpenTransactions.Transaction;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ParameterizedClass(name = "transaction.version {0}")
@ValueSource(shorts = {1, 2})
class OpenTransactionsTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension().withoutFlink();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Parameter
    private short version;

    private final TestTopics topics = gradstream.topics();
    private final String topic = topics.create("predictions");
    private final String prefix = topics.unique("gradstream-shop");

    @BeforeEach
    void useVersion() throws Exception {
        TransactionVersions.use(version, topics);
    }

    /** What lies behind it becomes visible; a job with a longer name is left alone. */
    @Test
    void whatAJobLeftOpenIsListedAndEnded() throws Exception {
        Instant before = Instant.now().minusSeconds(60);
        try (KafkaProducer<byte[], byte[]> left = open(prefix + "-0-7", "left");
                KafkaProducer<byte[], byte[]> other = open(prefix + "+score-0-3", "other");
                KafkaProducer<byte[], byte[]> done = open(prefix + "-0-6", "done");
                OpenTransactions transactions = new OpenTransactions(
                        Map.of("bootstrap.servers", gradstream.broker().bootstrap()), PATIENCE)) {
            done.commitTransaction();
            assertThat(topics.read(topic))
                    .as("what is committed lies behind what is open")
                    .isEmpty();
            List<Transaction> open = transactions.of(prefix);
            assertThat(open).singleElement().satisfies(each -> {
                assertThat(each.id()).isEqualTo(prefix + "-0-7");
                assertThat(each.state()).isEqualTo("ongoing");
                assertThat(each.since()).isAfter(before);
                assertThat(each.until()).isEqualTo(each.since().plusSeconds(50));
                assertThat(each.partitions()).containsExactly(topic + "-0");
            });

            transactions.abort(open);
            assertThat(transactions.of(prefix)).isEmpty();
            assertThatThrownBy(left::commitTransaction)
                    .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
            other.commitTransaction();
            assertThat(topics.read(topic))
                    .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .containsExactly("other", "done");
        }
    }

    @Test
    void aBrokerThatIsNotThereIsOnePlainSentence() throws Exception {
        try (OpenTransactions transactions =
                new OpenTransactions(Map.of("bootstrap.servers", "127.0.0.1:1"), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> transactions.of(prefix))
                    .isInstanceOf(KafkaAnswerException.class)
                    .hasMessageStartingWith("No Kafka broker answers at 127.0.0.1:1");
        }
    }

    private KafkaProducer<byte[], byte[]> open(String id, String value) {
        KafkaProducer<byte[], byte[]> producer = topics.transaction(id, Map.of("transaction.timeout.ms", 50_000));
        producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
        producer.flush();
        return producer;
    }
}
