package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command, on a real broker with transactions that two jobs of a pipeline left open. */
class TransactionsCommandTest {
    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    @TempDir
    Path folder;

    @Test
    void listsAndAborts(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        String topic = kafka.create("out");
        String file = Files.writeString(folder.resolve("p.yaml"), """
                name: sensors
                kafka: {bootstrap.servers: "%s"}
                input: {topic: sensors, format: json}
                features: [{numeric: heat}]
                label: {field: failed}
                task: binary
                output: {predictions: %s, dead-letters: dead}
                """.formatted(broker.bootstrap(), topic))
                .toString();
        assertThat(run(file)).isEqualTo("no open transaction with prefix 'gradstream-sensors'\n");
        try (KafkaProducer<byte[], byte[]> main = open(kafka, topic, "gradstream-sensors-0-4");
                KafkaProducer<byte[], byte[]> scoring = open(kafka, topic, "gradstream-sensors+score-0-9")) {
            kafka.write(topic, "behind both");
            assertThat(run(file))
                    .matches("gradstream-sensors-0-4: ongoing, since \\S+Z, times out at \\S+Z, in " + topic + "-0\n");
            assertThat(run(file, "--abort")).contains("gradstream-sensors-0-4").endsWith("1 aborted\n");
            assertThat(run(file)).startsWith("no open transaction");
            assertThat(kafka.read(topic)).isEmpty();
            assertThat(run(file, "--scoring", "--abort"))
                    .contains("gradstream-sensors+score-0-9")
                    .endsWith("1 aborted\n");
            assertThat(kafka.read(topic)).hasSize(1);
        }
    }

    private static String run(String... arguments) {
        Terminal terminal = new Terminal();
        assertThat(terminal.run(Stream.concat(Stream.of("transactions"), Stream.of(arguments))
                        .toArray(String[]::new)))
                .isZero();
        return terminal.out();
    }

    private static KafkaProducer<byte[], byte[]> open(TestTopics kafka, String topic, String id) {
        KafkaProducer<byte[], byte[]> producer = kafka.transaction(id);
        producer.send(new ProducerRecord<>(topic, new byte[] {1}));
        producer.flush();
        return producer;
    }
}
