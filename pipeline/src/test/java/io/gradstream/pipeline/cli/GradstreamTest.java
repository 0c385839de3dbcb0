package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.spec.Json;
import io.gradstream.pipeline.replay.ReplayResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GradstreamTest {
    private static final int ROWS = 2_000;

    private static final String PIPELINE = """
            name: sensors
            input: {topic: sensors, format: json, time: at}
            features:
              - numeric: [heat, load]
              - categorical: site
            label: {field: failed}
            task: binary
            batch-size: 16
            output: {predictions: out, snapshots: models, metrics: figures, dead-letters: dead}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path pipeline;

    @BeforeEach
    void writePipeline() throws IOException {
        pipeline = Files.writeString(folder.resolve("sensors.yaml"), PIPELINE);
    }

    private int run(String... arguments) {
        CommandLine line = Gradstream.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "score", "replay", "validate", "inspect", "transactions"})
    void everyCommandHasHelpWithAnExample(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: gradstream " + command).contains("Examples:");
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
            err.getBuffer().setLength(0);
            String[] arguments = Stream.of(line.split(" "))
                    .map(each -> each.equals("_") ? empty : each)
                    .toArray(String[]::new);
            assertThat(run(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
            assertThat(err.toString().lines())
                    .first()
                    .isEqualTo("Invalid value for " + where + ": wanted the name of a file or folder, was empty");
        }
    }

    @Test
    void validateShowsWhatTheFileMeans() {
        assertThat(run("validate", "--offline", pipeline.toString())).isZero();
        assertThat(out.toString())
                .contains("ok: pipeline 'sensors'")
                .containsPattern("numbers +numbers +\\(2\\)")
                .containsPattern("categories +categories +\\(1\\)")
                .containsPattern("numbers-standardised +standardise +\\(2\\) +0")
                .contains("tables, at most");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aWrongFileIsExitCode2AndOneLineForEachProblem() throws IOException {
        Files.writeString(
                pipeline, PIPELINE.replace("batch-size: 16", "batch-sise: 16").replace("task: binary", "task: bin"));
        assertThat(run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines())
                .hasSize(2)
                .anyMatch(each -> each.contains("sensors.yaml:7: task: "))
                .anyMatch(each -> each.contains("sensors.yaml:8: batch-sise: unknown key; did you mean 'batch-size'?"));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aNameThatMakesTooLongNamesOfLayersIsRefused() throws IOException {
        String name = "pixels-".repeat(28);
        Files.writeString(
                pipeline,
                PIPELINE.replace("  - categorical: site", "  - {image: " + name + ", height: 8, width: 8}")
                        .replace("task: binary", "task: binary\nmodel: {preset: cnn, channels: [4]}"));
        assertThat(run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("sensors.yaml:8: model: name must have at most 200 bytes in UTF-8, had 2")
                .contains(": 'pixels-pixels-pixels…'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aModelThatNoCheckpointCanHoldIsRefusedInOneLine() throws IOException {
        Files.writeString(
                pipeline,
                PIPELINE.replace("task: binary", "task: binary\nmodel: {preset: mlp, hidden: [20000, 16000]}"));
        assertThat(run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .containsPattern("sensors.yaml:8: model: a snapshot of it would have 256[0-9]{7} bytes, wanted at most"
                        + " 2080374775, which a checkpoint can hold; make its largest layers or batch-size smaller, or"
                        + " take an optimizer that keeps fewer numbers a weight");
        assertThat(out.toString()).isEmpty();
        Files.writeString(
                pipeline,
                PIPELINE.replace(
                        "task: binary", "task: binary\noptimizer: sgd\nmodel: {preset: mlp, hidden: [20000, 16000]}"));
        err.getBuffer().setLength(0);
        assertThat(run("validate", "--offline", pipeline.toString())).isZero();
        assertThat(out.toString()).containsPattern("a snapshot, at most +12[0-9]{2}\\.[0-9] MiB");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tablesThatMayOutgrowACheckpointAreWarnedOfInOneLine() throws IOException {
        Files.writeString(
                pipeline, PIPELINE.replace("- categorical: site", "- {categorical: site, buckets: 200000000}"));
        assertThat(run("validate", "--offline", pipeline.toString())).isZero();
        assertThat(err.toString().lines())
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
        assertThat(run("validate", "--offline", pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines())
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
        assertThat(run(command, pipeline.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines()).singleElement().asString().contains("127.0.0.1:1");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aReplayIsEvaluatedAndItsModelInspected() throws Exception {
        Path results = folder.resolve("results");
        assertThat(run("replay", pipeline.toString(), "--input", history().toString(), "--output", results.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("labelled examples")
                .contains(String.format("%,d", ROWS))
                .contains("auc");
        assertThat(results.toFile().list()).containsExactlyInAnyOrderElementsOf(ReplayResult.FILES);
        assertThat(Files.readAllLines(results.resolve("predictions.csv"))).hasSize(ROWS + 1);

        out.getBuffer().setLength(0);
        assertThat(run(
                        "inspect",
                        "--format",
                        "json",
                        results.resolve("model.safetensors").toString()))
                .isZero();
        Map<?, ?> model = (Map<?, ?>) Json.read(out.toString());
        assertThat(model.get("version")).isEqualTo((long) (ROWS / 16));
        assertThat(((Map<?, ?>) model.get("about")).get("event-format")).isEqualTo("json");
        assertThat((List<?>) model.get("layers"))
                .first()
                .isEqualTo(Map.of(
                        "name",
                        "numbers-standardised",
                        "kind",
                        "standardise",
                        "shape",
                        List.of(2L),
                        "sequence",
                        false,
                        "parameters",
                        0L,
                        "in-tables-at-most",
                        0L));
    }

    @Test
    void anOptionThatCannotBeIsNamed() {
        assertThat(run("replay", pipeline.toString(), "--input", "x.csv", "--known-at", "a..b"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("--known-at: a field's path must be names joined by dots, was 'a..b'");
        err.getBuffer().setLength(0);
        assertThat(run("replay", pipeline.toString(), "--input", "x.csv", "--delay", "soon"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("--delay: wanted a duration such as 2h or a number of events such as 100,");
    }

    @Test
    void aReplayWithADelayPrintsJson() throws Exception {
        assertThat(run(
                        "replay",
                        pipeline.toString(),
                        "--input",
                        history().toString(),
                        "--delay",
                        "100",
                        "--format",
                        "json",
                        "--output",
                        folder.resolve("delayed").toString()))
                .isZero();
        Map<?, ?> evaluation = (Map<?, ?>) Json.read(out.toString());
        assertThat(evaluation.get("examples")).isEqualTo((long) ROWS);
        assertThat(((Number) ((Map<?, ?>) evaluation.get("metrics")).get("auc")).doubleValue())
                .isBetween(0.8, 1.0);
    }

    @Test
    void aReplayFromTheSnapshotsTopicIsRefusedInOneLine() throws IOException {
        Files.writeString(pipeline, PIPELINE + "start-from: topic\n");
        assertThat(run("replay", pipeline.toString(), "--input", history().toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .endsWith("start-from: a replay asks no broker, so topic cannot be; name a snapshot file, or begin from"
                        + " scratch");
    }

    /** What Flink says around the reason is left out. */
    @Test
    void aReplayThatFailsOnTheWaySaysWhyInOneLine() throws IOException {
        Path torn = Files.writeString(folder.resolve("torn.csv"), "at,heat,load,site,failed\n1,2,3,\"s,true\n");
        String results = folder.resolve("results").toString();
        assertThat(run("replay", pipeline.toString(), "--input", torn.toString(), "--output", results))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString().strip()).isEqualTo(torn + " ends within the quotes that were opened in line 2");
    }

    @Test
    void aFileThatIsNotThereIsSaidAndLeavesNothing() {
        Path results = folder.resolve("results");
        String input = folder.resolve("missing.csv").toString();
        assertThat(run("replay", pipeline.toString(), "--input", input, "--output", results.toString()))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString().strip()).isEqualTo(input + ": there is no such file");
        assertThat(results).doesNotExist();
    }

    /** A link to the file is the file. */
    @Test
    void aReplayThatWouldReplaceWhatItReadsIsRefused() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        String rows = Files.readString(history());
        for (String name : ReplayResult.FILES) {
            for (String written : List.of(name, name + ".part")) {
                Path file = Files.writeString(results.resolve(written), rows);
                Path link = Files.createSymbolicLink(folder.resolve("link-" + written), file);
                for (Path input :
                        List.of(file, link, results.resolve("../results").resolve(written))) {
                    refused("--input " + input + " is " + written + " in --output " + results, input, results);
                    assertThat(file).hasContent(rows);
                }
                Files.delete(file);
            }
        }
    }

    @Test
    void aReplayThatWouldReplaceTheModelItStartsFromIsRefused() throws Exception {
        Path results = folder.resolve("results");
        assertThat(run("replay", pipeline.toString(), "--input", history().toString(), "--output", results.toString()))
                .isZero();
        byte[] model = Files.readAllBytes(results.resolve(ReplayResult.MODEL));
        Files.writeString(pipeline, PIPELINE + "start-from: results/model.safetensors\n");
        refused(
                "start-from " + results.resolve(ReplayResult.MODEL) + " is model.safetensors in --output " + results,
                history(),
                results);
        assertThat(results.resolve(ReplayResult.MODEL)).hasBinaryContent(model);
        assertThat(results.toFile().list()).containsExactlyInAnyOrderElementsOf(ReplayResult.FILES);
        Path elsewhere = folder.resolve("elsewhere");
        assertThat(run(
                        "replay",
                        pipeline.toString(),
                        "--input",
                        history().toString(),
                        "--output",
                        elsewhere.toString()))
                .isZero();
    }

    @Test
    void aFolderWithTheNameOfAResultIsRefusedBeforeTheReplay() throws Exception {
        Path results = folder.resolve("results");
        Path taken = Files.createDirectories(results.resolve(ReplayResult.PREDICTIONS));
        assertThat(run("replay", pipeline.toString(), "--input", history().toString(), "--output", results.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().strip())
                .isEqualTo(taken + " is a folder, and a replay writes a file of this name: give another --output");
    }

    private void refused(String problem, Path input, Path output) {
        err.getBuffer().setLength(0);
        assertThat(run("replay", pipeline.toString(), "--input", input.toString(), "--output", output.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().strip()).isEqualTo(problem + ", which a replay replaces: give another --output");
    }

    @Test
    void whatIsNoSnapshotFileIsSaid() throws IOException {
        String missing = folder.resolve("missing.safetensors").toString();
        Path huge = folder.resolve("huge.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 31);
        }
        assertThat(run("inspect", huge.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(run("inspect", missing)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(run("inspect", folder.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString().lines())
                .containsExactly(
                        huge + ": has 2147483648 bytes; a snapshot has at most 2147483639",
                        missing + ": there is no such file",
                        folder + ": is a folder; a snapshot file was wanted");
    }

    @Test
    void aDamagedSnapshotIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), new byte[] {1, 2, 3});
        assertThat(run("inspect", file.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
        assertThat(run("--verbose", "inspect", file.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("\tat ");
    }

    /** Sensors fail when heat and load are high together. */
    private Path history() throws IOException {
        Random random = new Random(9);
        StringBuilder csv = new StringBuilder("at,heat,load,site,failed\n");
        for (int i = 0; i < ROWS; i++) {
            double heat = random.nextGaussian();
            double load = random.nextGaussian();
            boolean failed = heat + load + random.nextGaussian() / 4 > 0;
            csv.append(1_700_000_000_000L + 1000L * i)
                    .append(',')
                    .append(heat)
                    .append(',')
                    .append(load)
                    .append(",s")
                    .append(i % 3)
                    .append(',')
                    .append(failed)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("history.csv"), csv.toString());
    }
}
