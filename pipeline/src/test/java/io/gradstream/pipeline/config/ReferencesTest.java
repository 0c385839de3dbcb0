package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

    private static final String CANARY = "canary-7f3a9b\u00e9";

    @TempDir
    Path temp;

    private PipelineFolder folder;

    @BeforeEach
    void open() {
        folder = new PipelineFolder(temp);
    }

    @Test
    void environmentAndFilesStandForTheirValues() {
        folder.write("password", "a 'quoted' \"pass\" word\n");
        String text = PipelineFolder.example(
                "logistic.yaml",
                "\"localhost:9092\"}",
                "\"${ENV:HOST}:${ENV:PORT}\", sasl.jaas.config: 'x password=\"${FILE:password}\";', plain: '$${ENV:PORT}'}\n"
                        + "batch-size: ${ENV:BATCH}");
        Pipeline pipeline = folder.load(text, Map.of("HOST", "kafka-1", "PORT", "9093", "BATCH", "32"));
        assertThat(pipeline.kafka())
                .containsEntry("bootstrap.servers", "kafka-1:9093")
                .containsEntry("sasl.jaas.config", "x password=\"a 'quoted' \"pass\" word\";")
                .containsEntry("plain", "${ENV:PORT}");
        assertThat(pipeline.model().batchSize()).isEqualTo(32);
    }

    @Test
    void clientPropertiesKeepTheirText() {
        String text = PipelineFolder.example(
                "logistic.yaml",
                "\"localhost:9092\"}",
                "\"localhost:9092\", client.id: \"${ENV:HOST}\", password: 007, linger.ms: 5, check.crcs: true, x: 1.50}");
        assertThat(folder.load(text, Map.of("HOST", "12345")).kafka())
                .containsEntry("client.id", "12345")
                .containsEntry("password", "007")
                .containsEntry("linger.ms", "5")
                .containsEntry("check.crcs", "true")
                .containsEntry("x", "1.50");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "\"localhost:9092\"", "\"${ENV:NONE}\"")))
                .containsExactly("p.yaml:2: kafka.bootstrap.servers: ${ENV:NONE}: no environment variable NONE; set it"
                        + " before the start");
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "\"localhost:9092\"", "\"${FILE:none}\"")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:2: kafka.bootstrap.servers: ${FILE:none}: no file ");
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "\"localhost:9092\"", "\"${HOST}\"")))
                .containsExactly("p.yaml:2: kafka.bootstrap.servers: ${HOST}: wanted ${ENV:NAME} or ${FILE:path}; write"
                        + " $${ where ${ itself is meant");
    }

    @Test
    void aReplayNeedsNoReferenceOfKafka() {
        Path file = folder.write(
                "p.yaml", PipelineFolder.example("logistic.yaml", "\"localhost:9092\"", "\"${ENV:NONE}\""));
        assertThat(PipelineFile.loadWithoutKafka(file).pipeline().name()).isEqualTo("clicks");
    }

    /** A secret in every place of the file where a scalar stands; whatever is wrong with it there, it is not shown. */
    @Test
    void noMessageShowsWhatAReferenceStandsFor() {
        List<String> shown = new ArrayList<>();
        for (String secret : List.of(
                CANARY,
                CANARY + "x".repeat(300),
                "line one " + CANARY + "\nline two " + CANARY,
                "-" + CANARY + "\u0001 ")) {
            folder.write("secret", secret);
            String good = PipelineFolder.example("flights.yaml");
            for (String scalar : scalars(good)) {
                for (String reference : List.of("\"${FILE:secret}\"", "\"x${ENV:SECRET}y\"")) {
                    String text = good.replaceFirst(
                            "(?<=[ \\[])" + java.util.regex.Pattern.quote(scalar) + "(?=[,\\]}\\n])",
                            java.util.regex.Matcher.quoteReplacement(reference));
                    shown.addAll(folder.problems(text, Map.of("SECRET", secret)));
                }
            }
        }
        assertThat(shown).hasSizeGreaterThan(200).allMatch(line -> !line.contains("canary") && !line.contains("xxxx"));
        assertThat(shown)
                .anyMatch(line -> line.contains("${ENV:SECRET}"))
                .anyMatch(line -> line.contains("${FILE:secret}"));
    }

    private static List<String> scalars(String text) {
        return java.util.regex.Pattern.compile("(?<=[ \\[])[A-Za-z0-9_.:^-]+(?=[,\\]}\\n])")
                .matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .distinct()
                .toList();
    }

    @Test
    void nothingPrintsClientProperties() {
        String text = PipelineFolder.example(
                "logistic.yaml", "\"localhost:9092\"}", "\"a:1\", sasl.jaas.config: \"${ENV:SECRET}\"}");
        Path file = folder.write("p.yaml", text);
        PipelineFile loaded = PipelineFile.load(file, true, Map.of("SECRET", CANARY));
        assertThat(loaded.pipeline().toString()).doesNotContain(CANARY);
        assertThat(loaded.spec().toString()).doesNotContain(CANARY);
        assertThat(loaded.pipeline().about().toString()).doesNotContain(CANARY);
        assertThat(loaded.pipeline().modelJson()).doesNotContain(CANARY);
    }

    @Test
    void whatIsNoReferenceIsSaid() {
        String wanted = "wanted ${ENV:NAME} or ${FILE:path}; write $${ where ${ itself is meant";
        assertThat(server("${ENV:}"))
                .containsExactly("p.yaml:2: kafka.bootstrap.servers: ${ENV:}: names nothing; " + wanted);
        assertThat(server("${FILE:}"))
                .containsExactly("p.yaml:2: kafka.bootstrap.servers: ${FILE:}: names nothing; " + wanted);
        for (String open : List.of("${", "a${ENV:HOST", "$${ and ${")) {
            assertThat(server(open)).containsExactly("p.yaml:2: kafka.bootstrap.servers: ${ has no }; " + wanted);
        }
        assertThat(server("${FILE:.}"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:2: kafka.bootstrap.servers: ${FILE:.}: ")
                .endsWith(" is a folder; a file was wanted");
        assertThat(folder.load(
                                PipelineFolder.example("logistic.yaml", "localhost:9092", "localhost:9092\", x: \"$${"),
                                Map.of())
                        .kafka())
                .containsEntry("x", "${");
    }

    private List<String> server(String text) {
        return folder.clicks("\"localhost:9092\"", "\"" + text + "\"");
    }
}
