package io.gradstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged jar, read as a cluster would. */
class FatJarIT {
    private static final Path JAR = Path.of(System.getProperty("gradstream.job.jar"));
    private static JarFile jar;
    private static Set<String> names;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(JAR.toFile());
        names = jar.stream().map(entry -> entry.getName()).collect(Collectors.toCollection(TreeSet::new));
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void startsTheCommandLine() throws IOException {
        String main = jar.getManifest().getMainAttributes().getValue("Main-Class");
        assertThat(main).isEqualTo("io.gradstream.pipeline.cli.Gradstream");
        assertThat(names.contains(main.replace('.', '/') + ".class"))
                .as("%s holds %s", JAR, main)
                .isTrue();
    }

    @Test
    void holdsWhatAClusterDoesNotHave() {
        assertThat(names)
                .contains(
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/flink/connector/base/source/reader/SourceReaderBase.class",
                        "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                        "org/apache/avro/Schema.class",
                        "io/gradstream/model/Learner.class",
                        "io/gradstream/shaded/jackson/databind/ObjectMapper.class");
    }

    @Test
    void leavesOutFlinksCoreAndItsLogging() {
        for (String unwanted : List.of(
                "org/apache/flink/api/",
                "org/apache/flink/core/",
                "org/apache/flink/runtime/",
                "org/apache/flink/client/",
                "org/apache/flink/configuration/",
                "org/apache/flink/streaming/api/",
                "org/apache/flink/streaming/runtime/",
                "org/apache/flink/shaded/",
                "org/apache/flink/connector/file/",
                "org/rocksdb/",
                "org/slf4j/",
                "org/apache/logging/",
                "org/apache/log4j/",
                "kafka/server/",
                "io/gradstream/broker/",
                "io/gradstream/testing/",
                "org/junit/")) {
            assertThat(names).as(unwanted).noneMatch(name -> name.startsWith(unwanted) && name.endsWith(".class"));
        }
    }

    @Test
    void canNotMeetAnotherJackson() {
        assertThat(names).noneMatch(name -> name.startsWith("com/fasterxml/") || name.startsWith("org/yaml/"));
    }

    @Test
    void holdsNoSignatureOfAJarThatIsNoMore() {
        assertThat(names).noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA|EC)"));
    }

    @Test
    void keepsLicencesAndNotices() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE"))
                .contains("Gradstream")
                .contains("Apache Avro")
                .contains("Flink : Connectors");
        assertThat(names).contains("META-INF/licenses/LICENSE.zstd-jni");
    }

    @Test
    void everyServiceItNamesIsInIt() throws IOException {
        for (String service : names) {
            if (service.startsWith("META-INF/services/") && !service.endsWith("/")) {
                assertThat(text(service)
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty() && !line.startsWith("#")))
                        .as(service)
                        .isNotEmpty()
                        .allMatch(provider -> names.contains(provider.replace('.', '/') + ".class"));
            }
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
