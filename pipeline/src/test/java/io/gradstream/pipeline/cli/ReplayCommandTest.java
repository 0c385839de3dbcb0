package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.spec.Json;
import io.gradstream.pipeline.replay.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code replay}: what it prints, what it leaves, what it refuses. */
class ReplayCommandTest {
    private static final int ROWS = 2_000;

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private Path pipeline;

    @BeforeEach
    void writePipeline() throws IOException {
        pipeline = Files.writeString(folder.resolve("sensors.yaml"), GradstreamTest.PIPELINE);
    }

    @Test
    void aReplayIsEvaluatedAndItsModelInspected() throws Exception {
        Path results = folder.resolve("results");
        assertThat(terminal.run(
                        "replay", pipeline.toString(), "--input", history().toString(), "--output", results.toString()))
                .isZero();
        assertThat(terminal.out())
                .contains("labelled examples")
                .contains(String.format("%,d", ROWS))
                .contains("auc");
        assertThat(results.toFile().list()).containsExactlyInAnyOrderElementsOf(ReplayResult.FILES);
        assertThat(Files.readAllLines(results.resolve("predictions.csv"))).hasSize(ROWS + 1);

        terminal.clear();
        assertThat(terminal.run(
                        "inspect",
                        "--format",
                        "json",
                        results.resolve("model.safetensors").toString()))
                .isZero();
        Map<?, ?> model = (Map<?, ?>) Json.read(terminal.out());
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
        assertThat(terminal.run("replay", pipeline.toString(), "--input", "x.csv", "--known-at", "a..b"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err()).startsWith("--known-at: a field's path must be names joined by dots, was 'a..b'");
        terminal.clear();
        assertThat(terminal.run("replay", pipeline.toString(), "--input", "x.csv", "--delay", "soon"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err())
                .startsWith("--delay: wanted a duration such as 2h or a number of events such as 100,");
    }

    @Test
    void aReplayWithADelayPrintsJson() throws Exception {
        assertThat(terminal.run(
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
        Map<?, ?> evaluation = (Map<?, ?>) Json.read(terminal.out());
        assertThat(evaluation.get("examples")).isEqualTo((long) ROWS);
        assertThat(((Number) ((Map<?, ?>) evaluation.get("metrics")).get("auc")).doubleValue())
                .isBetween(0.8, 1.0);
    }

    @Test
    void aFileWithAnotherDelimiterIsToldAndReadWithTheOption() throws Exception {
        String commas = Files.readString(history());
        Path input = folder.resolve("other.csv");
        for (String delimiter : List.of(";", "\t")) {
            Files.writeString(input, commas.replace(",", delimiter));
            terminal.clear();
            assertThat(terminal.run("replay", pipeline.toString(), "--input", input.toString()))
                    .isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(terminal.err().strip())
                    .isEqualTo(input + ": its header is one column, as read with ',' between columns, and has "
                            + (delimiter.equals(";") ? "';'" : "a tab")
                            + " in it: if that is what is between them, give --delimiter");
        }
        String results = folder.resolve("results").toString();
        String[] replay = {"replay", pipeline.toString(), "--input", input.toString(), "--output", results};
        assertThat(terminal.run(with(replay, "--delimiter", "\\t"))).isZero();
        assertThat(terminal.out()).contains(String.format("%,d", ROWS));
        terminal.clear();
        assertThat(terminal.run(with(replay, "--delimiter", ";;"))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err()).startsWith("--delimiter: wanted one ASCII character other than a quote");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aReplayFromTheSnapshotsTopicIsRefusedInOneLine() throws IOException {
        Files.writeString(pipeline, GradstreamTest.PIPELINE + "start-from: topic\n");
        assertThat(terminal.run(
                        "replay", pipeline.toString(), "--input", history().toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().lines())
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
        assertThat(terminal.run("replay", pipeline.toString(), "--input", torn.toString(), "--output", results))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.err().strip()).isEqualTo(torn + " ends within the quotes that were opened in line 2");
    }

    @Test
    void aFileThatIsNotThereIsSaidAndLeavesNothing() {
        Path results = folder.resolve("results");
        String input = folder.resolve("missing.csv").toString();
        assertThat(terminal.run("replay", pipeline.toString(), "--input", input, "--output", results.toString()))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.err().strip()).isEqualTo(input + ": there is no such file");
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
        assertThat(terminal.run(
                        "replay", pipeline.toString(), "--input", history().toString(), "--output", results.toString()))
                .isZero();
        byte[] model = Files.readAllBytes(results.resolve(ReplayResult.MODEL));
        Files.writeString(pipeline, GradstreamTest.PIPELINE + "start-from: results/model.safetensors\n");
        refused(
                "start-from " + results.resolve(ReplayResult.MODEL) + " is model.safetensors in --output " + results,
                history(),
                results);
        assertThat(results.resolve(ReplayResult.MODEL)).hasBinaryContent(model);
        assertThat(results.toFile().list()).containsExactlyInAnyOrderElementsOf(ReplayResult.FILES);
        Path elsewhere = folder.resolve("elsewhere");
        assertThat(terminal.run(
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
        assertThat(terminal.run(
                        "replay", pipeline.toString(), "--input", history().toString(), "--output", results.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().strip())
                .isEqualTo(taken + " is a folder, and a replay writes a file of this name: give another --output");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        assertThat(terminal.run(
                        "replay", pipeline.toString(), "--input", history().toString(), "--output", "/proc/x"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().strip()).isEqualTo("--output /proc/x: no folder can be made there");
    }

    private void refused(String problem, Path input, Path output) {
        terminal.clear();
        assertThat(terminal.run(
                        "replay", pipeline.toString(), "--input", input.toString(), "--output", output.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().strip()).isEqualTo(problem + ", which a replay replaces: give another --output");
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
