package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.kafka.KafkaChecks.MayBeOpen;
import io.gradstream.connectors.kafka.KafkaChecks.MissingOutputs;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class KafkaChecksTest {
    @RegisterExtension
    static final GradstreamExtension gradstream =
            new GradstreamExtension().withoutFlink().withBrokerSetting("transaction.max.timeout.ms", "900000");

    private final EmbeddedBroker broker = gradstream.broker();
    private final TestTopics topics = gradstream.topics();
    private final Map<String, String> client = new HashMap<>(Map.of("bootstrap.servers", broker.bootstrap()));
    private String input;
    private OutputTopics outputs;
    private String prefix;
    private Delivery delivery = Delivery.EXACTLY_ONCE;
    private MissingOutputs missing = MissingOutputs.CREATE;
    private MayBeOpen mayBeOpen = MayBeOpen.NONE;

    @BeforeEach
    void names() {
        input = topics.create("flights", 3);
        outputs = new OutputTopics(
                topics.unique("predictions"),
                topics.unique("snapshots"),
                topics.unique("metrics"),
                topics.unique("dead"));
        prefix = topics.unique("prefix");
    }

    @Test
    void missingOutputsAreMadeAsTheyMustBe() throws Exception {
        assertThat(run()).isEmpty();
        try (Admin admin = Admin.create(topics.client())) {
            Map<String, TopicDescription> made =
                    admin.describeTopics(outputs.names()).allTopicNames().get();
            assertThat(made.get(outputs.predictions()).partitions()).hasSize(3);
            assertThat(made.get(outputs.snapshots()).partitions()).hasSize(1);
            assertThat(made.get(outputs.metrics()).partitions()).hasSize(1);
            ConfigResource snapshots = new ConfigResource(ConfigResource.Type.TOPIC, outputs.snapshots());
            Config config =
                    admin.describeConfigs(List.of(snapshots)).all().get().get(snapshots);
            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
            assertThat(Long.parseLong(config.get("segment.ms").value())).isLessThanOrEqualTo(600_000);
        }
        assertThat(run()).as("a second start finds them good").isEmpty();
    }

    @Test
    void missingTopicsAreNamed() {
        input = "no-such-topic";
        assertThat(run()).containsExactly("Input topic 'no-such-topic' is not there; create it, or correct its name.");
        missing = MissingOutputs.REFUSE;
        input = topics.create("flights");
        assertThat(run())
                .hasSize(4)
                .contains("Output topic '" + outputs.metrics()
                        + "' is not there; create it, or let Gradstream create it.");
        missing = MissingOutputs.IGNORE;
        assertThat(run()).as("nothing is about to start").isEmpty();
    }

    @Test
    void nothingIsMadeWhenSomethingElseIsWrong() throws Exception {
        input = "no-such-topic";
        assertThat(run()).hasSize(1);
        client.put("transaction.timeout.ms", "900001");
        input = topics.create("flights");
        assertThat(run()).hasSize(1);
        try (Admin admin = Admin.create(topics.client())) {
            assertThat(admin.listTopics().names().get()).doesNotContainAnyElementsOf(outputs.names());
        }
    }

    @Test
    void namesThatCannotBeMeantAreRefused() {
        outputs = new OutputTopics(input, outputs.snapshots(), outputs.snapshots(), "not a name");
        assertThat(run())
                .anyMatch(problem -> problem.startsWith("Topic '" + input + "' is both an input and an output;"))
                .anyMatch(
                        problem -> problem.startsWith("Topic '" + outputs.snapshots() + "' is named for two outputs;"))
                .anyMatch(problem -> problem.startsWith("'not a name' is no name for a topic;"));
    }

    @Test
    void aSnapshotsTopicThatWouldLoseSnapshotsIsRefused() {
        String wrong = topics.create("snapshots", 2, Map.of("cleanup.policy", "delete", "max.message.bytes", "100000"));
        outputs = new OutputTopics(null, wrong, null, null);
        assertThat(run())
                .containsExactly(
                        "Snapshots topic '" + wrong
                                + "' has 2 partitions but must have one, so that chunks keep their order; use another topic.",
                        "Snapshots topic '" + wrong
                                + "' has cleanup.policy=delete, so its newest snapshot would be deleted some day; set"
                                + " cleanup.policy=compact.",
                        "Snapshots topic '" + wrong
                                + "' takes messages of at most 100000 bytes, but a chunk may need 540672; raise its"
                                + " max.message.bytes.");
    }

    @Test
    void aDeadLetterTopicThatWouldRefuseDeadLettersIsRefused() {
        String wrong = topics.create("dead", 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "100000"));
        outputs = new OutputTopics(outputs.predictions(), outputs.snapshots(), outputs.metrics(), wrong);
        assertThat(run())
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("Dead-letter topic '" + wrong + "' is compacted")
                                .endsWith("set cleanup.policy=delete."),
                        problem -> assertThat(problem)
                                .contains("at most 100000 bytes, but a dead letter may have 1048576"));
    }

    @Test
    void aRequestThatHoldsNoChunkIsRefused() {
        for (String size : List.of("500000", " 500000\n")) {
            client.put("max.request.size", size);
            assertThat(run())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "Kafka client property 'max.request.size' is 500000, but a chunk of a snapshot may need");
        }
    }

    @Test
    void aTransactionTimeoutAboveTheBrokersIsRefused() {
        client.put("transaction.timeout.ms", "3600000");
        assertThat(run())
                .containsExactly("transaction.timeout.ms is 3600000, but the broker allows at most 900000"
                        + " (transaction.max.timeout.ms); lower the one or raise the other.");
        delivery = Delivery.AT_LEAST_ONCE;
        assertThat(run()).isEmpty();
    }

    @Test
    void aPrefixWithAnOpenTransactionIsRefusedUnlessTheJobIsResumed() {
        try (KafkaProducer<byte[], byte[]> other = topics.transaction(prefix + "-0-7")) {
            Future<RecordMetadata> sent = other.send(new ProducerRecord<>(input, new byte[1]));
            other.flush();
            assertThat(sent).isDone();
            assertThat(run())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem)
                            .startsWith("Transactional-id prefix '" + prefix + "' is in use: transaction '" + prefix
                                    + "-0-7' is open since 20")
                            .contains(" and times out at 20", "stop the job that uses it, or choose another prefix"));
            mayBeOpen = MayBeOpen.LEFT_BEHIND;
            assertThat(run()).as("nobody writes it").isEmpty();
            mayBeOpen = MayBeOpen.NONE;
            prefix = prefix.substring(0, prefix.lastIndexOf('-'));
            assertThat(run()).as("a prefix of the prefix is another one").isEmpty();
            prefix = prefix + "-never-used";
            assertThat(run()).isEmpty();
            other.abortTransaction();
        }
    }

    @Test
    void aPrefixWhoseTransactionsAreDoneIsFree() {
        try (KafkaProducer<byte[], byte[]> other = topics.transaction(prefix + "-0-7")) {
            Future<RecordMetadata> sent = other.send(new ProducerRecord<>(input, new byte[1]));
            other.commitTransaction();
            assertThat(sent).isDone();
        }
        assertThat(run()).isEmpty();
    }

    @Test
    void aBrokerThatIsDownIsFoundWithinTheTimeGiven() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            client.put("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort());
            long start = System.nanoTime();
            assertThat(run(Duration.ofSeconds(2)))
                    .containsExactly("No Kafka broker answers at 127.0.0.1:" + silent.getLocalPort()
                            + " within 2 s: start it, or correct bootstrap.servers (or security.protocol, if the broker"
                            + " wants another).");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void addressesThatCannotBeUsedAreNamed() {
        client.put("bootstrap.servers", "no-such-host.invalid:9092");
        assertThat(run())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("bootstrap.servers 'no-such-host.invalid:9092' cannot be used: ")
                        .endsWith("give one or more HOST:PORT."));
        client.remove("bootstrap.servers");
        assertThat(run()).containsExactly("bootstrap.servers is not set; give one or more HOST:PORT of Kafka brokers.");
    }

    @Test
    void propertiesThatCannotBeAreNamed() {
        client.put("batch.size", "many");
        assertThat(run())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains(
                                "Invalid value many for configuration batch.size",
                                "correct the Kafka client properties"));
        client.remove("batch.size");
        client.put("acks", "1");
        assertThat(run())
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("acks"));
        client.remove("acks");
        client.put("transactional.id", "mine");
        client.put("enable.auto.commit", "true");
        assertThat(run())
                .containsExactly(
                        "Kafka client property 'transactional.id' is set by Gradstream itself; remove it.",
                        "Kafka client property 'enable.auto.commit' is set by Gradstream itself; remove it.");
    }

    @Test
    void secretsAreInNoMessage() {
        client.put("security.protocol", "SASL_PLAINTEXT");
        client.put("sasl.mechanism", "PLAIN");
        client.put("sasl.jaas.config", "com.example.NoSuchModule required password=\"canary-7781\";");
        client.put("ssl.truststore.password", "canary-7782");
        assertThat(run(Duration.ofSeconds(5))).hasSize(1).noneMatch(problem -> problem.contains("canary"));
        client.put("sasl.jaas.config", "canary-7781");
        assertThat(run(Duration.ofSeconds(5))).hasSize(1).noneMatch(problem -> problem.contains("canary"));
        assertThat(new Secrets(client).hide("login canary-7781 with canary-7782"))
                .isEqualTo("login [hidden] with [hidden]");
    }

    private List<String> run() {
        return run(Duration.ofSeconds(20));
    }

    private List<String> run(Duration patience) {
        return KafkaChecks.run(new KafkaChecks.Plan(
                client,
                List.of(input),
                outputs,
                delivery,
                prefix,
                missing,
                mayBeOpen,
                Duration.ofMillis(500),
                patience));
    }
}
