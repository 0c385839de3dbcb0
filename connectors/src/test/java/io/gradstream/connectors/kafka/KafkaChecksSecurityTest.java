package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that wants TLS and a password. */
@Timeout(60)
class KafkaChecksSecurityTest {
    private static final String STORE_PASSWORD = "canary-store";

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        makeStores();
        Map<String, String> settings = new HashMap<>();
        settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.clients.plain.sasl.jaas.config", jaas("alice", "canary-alice", "user_alice"));
        settings.put("ssl.keystore.location", folder.resolve("keys.p12").toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", STORE_PASSWORD);
        broker = EmbeddedBroker.start(folder.resolve("data"), settings);
        broker.createTopic("flights", 1);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void theRightPasswordAndTrustAreAccepted() {
        assertThat(run(client("canary-alice", "broker"))).isEmpty();
    }

    @Test
    void aWrongPasswordIsNamedButNotShown() {
        assertThat(run(client("canary-wrong", "broker")))
                .containsExactly("Kafka at " + broker.bootstrap()
                        + " refuses the login: Authentication failed: Invalid username or password; correct"
                        + " sasl.mechanism, the user's name or the password.");
    }

    @Test
    void aCertificateThatIsNotTrustedIsNamed() {
        assertThat(run(client("canary-alice", "other")))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("TLS with Kafka at " + broker.bootstrap() + " fails: ")
                        .endsWith("; correct the trust store or, on the broker, its certificate, host name or dates."));
    }

    @Test
    void aTrustStoreThatIsNotThereOrCannotBeOpenedIsNamed() {
        Map<String, String> client = client("canary-alice", "none");
        assertThat(run(client))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("none.p12", "correct the Kafka client properties")
                        .doesNotContain("canary"));
        client = client("canary-alice", "broker");
        client.put("ssl.truststore.password", "canary-not-it");
        assertThat(run(client))
                .singleElement()
                .satisfies(problem -> assertThat(problem).doesNotContain("canary"));
    }

    @Test
    void aClientWithoutTlsIsTold() {
        assertThat(run(new HashMap<>(Map.of("bootstrap.servers", broker.bootstrap()))))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("No Kafka broker answers at " + broker.bootstrap() + " within 3 s")
                        .contains("security.protocol"));
    }

    private static List<String> run(Map<String, String> client) {
        return KafkaChecks.run(new KafkaChecks.Plan(
                client,
                List.of("flights"),
                new OutputTopics("predictions", "snapshots", null, null),
                Delivery.EXACTLY_ONCE,
                "prefix",
                KafkaChecks.MissingOutputs.CREATE,
                KafkaChecks.MayBeOpen.NONE,
                Duration.ZERO,
                Duration.ofSeconds(3)));
    }

    private static Map<String, String> client(String password, String trusted) {
        Map<String, String> client = new HashMap<>();
        client.put("bootstrap.servers", broker.bootstrap());
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", "PLAIN");
        client.put("sasl.jaas.config", jaas("alice", password, "unused"));
        client.put("ssl.truststore.location", folder.resolve(trusted + ".p12").toString());
        client.put("ssl.truststore.type", "PKCS12");
        client.put("ssl.truststore.password", STORE_PASSWORD);
        return client;
    }

    private static String jaas(String user, String password, String option) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + password + "\" " + option + "=\"" + password + "\";";
    }

    /** The broker's key with a certificate of its own, a store that trusts it, and one that trusts only someone else. */
    private static void makeStores() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        keys.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore made = KeyStore.getInstance(keys.toFile(), STORE_PASSWORD.toCharArray());
        trust("broker", made.getCertificate("broker"));
        TrustManagerFactory known = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        known.init((KeyStore) null);
        trust("other", ((X509TrustManager) known.getTrustManagers()[0]).getAcceptedIssuers()[0]);
    }

    private static void trust(String name, Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(name, certificate);
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".p12"))) {
            store.store(out, STORE_PASSWORD.toCharArray());
        }
    }
}
