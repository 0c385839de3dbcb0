package io.gradstream.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedBrokerTest {
    @TempDir
    Path folder;

    @Test
    void aProducerSurvivesARestartAndTheRecordsDoToo() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            broker.createTopic("words", 1);
            String before = broker.bootstrap();
            try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                send(producer, "one");
                broker.stop();
                assertThat(broker.isRunning()).isFalse();
                broker.restart();
                send(producer, "two");
            }
            assertThat(broker.bootstrap()).isEqualTo(before).startsWith("127.0.0.1:");
            assertThat(read(broker, 2)).containsExactly("one", "two");
        }
        try (EmbeddedBroker again = EmbeddedBroker.start(folder)) {
            assertThat(read(again, 2)).containsExactly("one", "two");
        }
    }

    @Test
    void settingsGoOverTheDefaultsAndATemporaryFolderIsDeleted() throws Exception {
        Path temporary;
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(Map.of("transaction.max.timeout.ms", "61000"))) {
            try (Admin admin = Admin.create(client(broker))) {
                var node = new ConfigResource(ConfigResource.Type.BROKER, "1");
                var config = admin.describeConfigs(List.of(node)).all().get().get(node);
                assertThat(config.get("transaction.max.timeout.ms").value()).isEqualTo("61000");
            }
            temporary = broker.folder();
            assertThat(temporary).isDirectory();
        }
        assertThat(temporary).doesNotExist();
    }

    @Test
    void refusesSettingsThatItMakesItself() {
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, Map.of("listeners", "PLAINTEXT://0.0.0.0:9092")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'listeners'");
    }

    @Test
    void refusesListenersThatAreThereTwice() {
        for (String own : List.of("CLIENTS", "INTERNAL", "CONTROLLER")) {
            assertThatThrownBy(() -> start(own + "://127.0.0.1:7777"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("advertised.listeners: '" + own + "' is the embedded broker's own; leave it out");
        }
        assertThatThrownBy(() -> start("PROXIED://127.0.0.1:7777, PROXIED://127.0.0.1:7778"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("advertised.listeners: 'PROXIED' is there twice");
    }

    @Test
    void knowsWhereItsListenersAreAndNoOthers() throws Exception {
        try (EmbeddedBroker broker = start("PROXIED://127.0.0.1:7777")) {
            assertThat(broker.address("CLIENTS")).isEqualTo(broker.bootstrap());
            assertThat(broker.address("PROXIED")).startsWith("127.0.0.1:").isNotEqualTo(broker.bootstrap());
            assertThatThrownBy(() -> broker.address("unknown"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("there is no listener 'unknown' among [");
        }
    }

    private EmbeddedBroker start(String advertised) throws IOException {
        return EmbeddedBroker.start(folder, Map.of("advertised.listeners", advertised));
    }

    @Test
    void aSecondBrokerOnTheSameFolderIsRefusedAndTheFirstLivesOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder))
                    .hasMessageStartingWith("another broker uses the folder " + folder);
            broker.createTopic("words", 1);
            try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                send(producer, "still here");
            }
        }
    }

    private static Map<String, Object> client(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrap());
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(client(broker), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String word) throws Exception {
        producer.send(new ProducerRecord<>("words", word.getBytes(StandardCharsets.UTF_8)))
                .get(30, TimeUnit.SECONDS);
    }

    private static List<String> read(EmbeddedBroker broker, int count) {
        List<String> words = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(broker), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("words", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (words.size() < count) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    words.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return words;
    }
}
