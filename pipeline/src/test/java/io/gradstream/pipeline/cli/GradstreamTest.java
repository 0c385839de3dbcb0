package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.Learner;
import io.gradstream.model.spec.Json;
import io.gradstream.pipeline.config.PipelineFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands say and return, but for what a replay does. */
class GradstreamTest {
    /** Of events as {@link ReplayCommandTest} makes them. */
    static final String PIPELINE = """
            name: sensors
            input: {topic: sensors, format: json, time: at}
            features:
              - numeric: [heat, load]
              - categorical: site
            label: {field: failed}
            task: binary
            batch-size: 16
            warm-up: 0s
            output: {predictions: out, snapshots: models, metrics: figures, dead-letters: dead}
            """;

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private Path pipeline;

    @BeforeEach
    void writePipeline() throws IOException {
        pipeline = Files.writeString(folder.resolve("sensors.yaml"), PIPELINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "score", "replay", "validate", "inspect", "transactions"})
    void everyCommandHasHelpWithAnExample(String command) {
        assertThat(terminal.run(command, "--help")).isZero();
        assertThat(terminal.out()).contains("Usage: gradstream " + command).contains("Examples:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replay p.yaml --input rows.csv --output _ | option '--output'",
                "replay p.yaml --input _ | option '--input'",
                "replay _ --input rows.csv | positional parameter at index 0 (PIPELINE)",
                "run p.yaml --checkpoints _ | option '--checkpoints'",
                "score p.yaml --checkpoints _ | option '--checkpoints'",
                "inspect _ | positional parameter at index 0 (SNAPSHOT)",
            })
    void anEmptyPathIsRefused(String line, String where) {
        for (String empty : List.of("", " ")) {
            terminal.clear();
            String[] arguments = Stream.of(line.split(" "))
                    .map(each -> each.equals("_") ? empty : each)
                    .toArray(String[]::new);
            assertThat(terminal.run(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
            assertThat(terminal.err().lines())
                    .first()
                    .isEqualTo("Invalid value for " + where + ": wanted the name of a file or folder, was empty");
        }
    }

    @Test
    void validateShowsWhatTheFileMeans() {
        assertThat(terminal.run("validate", "--offline", pipeline.toString())).isZero();
        assertThat(terminal.out())
                .contains("ok: pipeline 'sensors'")
                .containsPattern("numbers +numbers +\\(2\\)")
                .containsPattern("categories +categories +\\(1\\)")
                .containsPattern("numbers-standardised +standardise +\\(2\\) +0")
                .contains("tables, at most");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void aWrongFileIsExitCode2AndOneLineForEachProblem() throws IOException {
        Files.writeString(
                pipeline, PIPELINE.replace("batch-size: 16", "batch-sise: 16").replace("task: binary", "task: bin"));
        assertThat(terminal.run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().lines())
                .hasSize(2)
                .anyMatch(each -> each.contains("sensors.yaml:7: task: "))
                .anyMatch(each -> each.contains("sensors.yaml:8: batch-sise: unknown key; did you mean 'batch-size'?"));
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void aNameThatMakesTooLongNamesOfLayersIsRefused() throws IOException {
        String name = "pixels-".repeat(28);
        Files.writeString(
                pipeline,
                PIPELINE.replace("  - categorical: site", "  - {image: " + name + ", height: 8, width: 8}")
                        .replace("task: binary", "task: binary\nmodel: {preset: cnn, channels: [4]}"));
        assertThat(terminal.run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().lines())
                .singleElement()
                .asString()
                .contains("sensors.yaml:8: model: name must have at most 200 bytes in UTF-8, had 2")
                .contains(": 'pixels-pixels-pixels…'");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void aModelThatNoCheckpointCanHoldIsRefusedInOneLine() throws IOException {
        Files.writeString(
                pipeline,
                PIPELINE.replace("task: binary", "task: binary\nmodel: {preset: mlp, hidden: [20000, 16000]}"));
        assertThat(terminal.run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().lines())
                .singleElement()
                .asString()
                .containsPattern("sensors.yaml:8: model: a snapshot of it would have 256[0-9]{7} bytes, wanted at most"
                        + " 2080374775, which a checkpoint can hold; make its largest layers or batch-size smaller, or"
                        + " take an optimizer that keeps fewer numbers a weight");
        assertThat(terminal.out()).isEmpty();
        String smaller = PIPELINE.replace(
                "task: binary", "task: binary\noptimizer: sgd\nmodel: {preset: mlp, hidden: [20000, 16000]}");
        Files.writeString(pipeline, smaller + "\nguard: {enabled: true}\n");
        terminal.clear();
        assertThat(terminal.run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err())
                .contains("guard's last good version 128")
                .contains("take an optimizer that keeps fewer numbers a weight; or set guard.enabled: false");
        Files.writeString(pipeline, smaller);
        terminal.clear();
        assertThat(terminal.run("validate", "--offline", pipeline.toString())).isZero();
        assertThat(terminal.out()).containsPattern("a snapshot, at most +12[0-9]{2}\\.[0-9] MiB");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void tablesThatMayOutgrowACheckpointAreWarnedOfInOneLine() throws IOException {
        Files.writeString(
                pipeline, PIPELINE.replace("- categorical: site", "- {categorical: site, buckets: 200000000}"));
        assertThat(terminal.run("validate", "--offline", pipeline.toString())).isZero();
        assertThat(terminal.err().lines())
                .singleElement()
                .asString()
                .containsPattern("warning: once all rows of its tables are used, a snapshot of the model would have"
                        + " 24000[0-9]{5} bytes; a checkpoint can hold 2080374775, and fails beyond that: give features"
                        + " fewer buckets, embeddings fewer numbers, or take an optimizer that keeps fewer a weight");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{tokens: text, steps: 2147483647} | wanted at most 2^31 - 9 ids",
                "{sequence: text, steps: 2147483647, width: 2147483647} | wanted at most 2^31 - 9 numbers in a row",
                "{image: text, height: 65536, width: 65536} | wanted at most 2^31 - 9 pixels in a row, came 4294967296",
            })
    void aListThatNoRowCanHoldIsRefusedInOneLine(String feature, String problem) throws IOException {
        Files.writeString(pipeline, PIPELINE.replace("  - categorical: site", "  - " + feature));
        assertThat(terminal.run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().lines())
                .singleElement()
                .asString()
                .contains("sensors.yaml:5: features[1]")
                .contains("input 'text': " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "score", "validate", "transactions"})
    void aBrokerThatIsNotThereIsOnePlainSentence(String command) throws IOException {
        Files.writeString(
                pipeline, "kafka: {bootstrap.servers: \"127.0.0.1:1\", default.api.timeout.ms: 500}\n" + PIPELINE);
        assertThat(terminal.run(command, pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().lines()).singleElement().asString().contains("127.0.0.1:1");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void whatIsNoSnapshotFileIsSaid() throws IOException {
        String missing = folder.resolve("missing.safetensors").toString();
        Path huge = folder.resolve("huge.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 31);
        }
        assertThat(terminal.run("inspect", huge.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.run("inspect", missing)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.run("inspect", folder.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.err().lines())
                .containsExactly(
                        huge + ": has 2147483648 bytes; a snapshot has at most 2147483639",
                        missing + ": there is no such file",
                        folder + ": is a folder; a snapshot file was wanted");
    }

    @Test
    void aDamagedSnapshotIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), new byte[] {1, 2, 3});
        assertThat(terminal.run("inspect", file.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.err()).startsWith(file + ": ").doesNotContain("\tat ");
        assertThat(terminal.run("--verbose", "inspect", file.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.err()).contains("\tat ");
    }

    /** What a snapshot says of itself may be anybody's. */
    @Test
    void aSnapshotsMetadataCannotWriteOnTheTerminal() throws Exception {
        Map<String, String> about = Map.of("k\u001b[2J" + "k".repeat(100_000), "v\u001b[31m\u009b", "a", "\u007f");
        byte[] snapshot = Learner.create(
                        PipelineFile.loadWithoutKafka(pipeline).pipeline().model())
                .snapshot(about);
        Path file = Files.write(folder.resolve("model.safetensors"), snapshot);
        assertThat(terminal.run("inspect", file.toString())).isZero();
        assertThat(terminal.out())
                .contains("k\\u001b[2Jkkk", "v\\u001b[31m\\u009b\n", "\\u007f\n")
                .hasSizeLessThan(10_000);
        assertThat(terminal.out().replace("\n", "").chars()).noneMatch(Character::isISOControl);
        terminal.clear();
        assertThat(terminal.run("inspect", "--format", "json", file.toString())).isZero();
        assertThat(terminal.out().strip().chars()).noneMatch(Character::isISOControl);
        assertThat(((Map<?, ?>) Json.read(terminal.out())).get("about")).isEqualTo(about);
    }
}
