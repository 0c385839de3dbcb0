package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.spec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pipelines of deploy/examples: each is valid, and those of texts, images and sequences learn from made-up data. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "deploy", "examples");
    private static final int ROWS = 1500;
    private static final long START = 1_700_000_000_000L;

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private final SplittableRandom random = new SplittableRandom(11);
    private final List<String> rows = new ArrayList<>();

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private void run(String... arguments) {
        assertThat(terminal.run(arguments)).as(terminal.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyExampleIsValidAndShowsItsModel(String file) throws IOException {
        assertThat(Files.readAllLines(EXAMPLES.resolve(file)))
                .as("lines")
                .hasSizeBetween(20, 30)
                .first()
                .asString()
                .startsWith("# ");
        run("validate", "--offline", EXAMPLES.resolve(file).toString());
        assertThat(terminal.out())
                .contains("ok: pipeline '" + file.replace(".yaml", "'"))
                .contains("shape of a row")
                .contains("memory of the model");
    }

    static Stream<String> pipelinesOfReadme() throws IOException {
        Pattern block = Pattern.compile("```yaml\n(name: .*?)```", Pattern.DOTALL);
        return block.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(found -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("pipelinesOfReadme")
    void everyPipelineOfReadmeIsValid(String yaml) throws IOException {
        Files.writeString(folder.resolve("click.avsc"), """
                {"type": "record", "name": "Click", "fields": [
                  {"name": "click_id", "type": "string"}, {"name": "at", "type": "long"}, {"name": "converted", "type": "boolean"},
                  {"name": "price", "type": "double"}, {"name": "age", "type": "int"}, {"name": "country", "type": "string"},
                  {"name": "device", "type": "string"}, {"name": "page", "type": "string"}]}
                """);
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), yaml);
        run("validate", "--offline", file.toString());
        assertThat(terminal.out()).startsWith("ok: pipeline '");
    }

    /** The features of their page are one list, read by one model. */
    @Test
    void theFeaturesOfTheirPageAreValid() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "features.md"));
        String features = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n", page.indexOf("```yaml")));
        assertThat(features).startsWith("features:\n");
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), """
                name: all
                kafka: {bootstrap.servers: "broker:9092"}
                input: {topic: events, format: json}
                label: {field: late}
                task: binary
                model:
                  layers:
                    - {name: of-numbers, layer: standardise, inputs: [numbers]}
                    - {name: of-categories, layer: embedding, dim: 2, inputs: [categories]}
                    - {name: of-crosses, layer: embedding, dim: 2, inputs: [crosses]}
                    - {name: of-readings, layer: pool, inputs: [readings]}
                    - {name: of-pixels, layer: flatten, inputs: [pixels]}
                    - {name: of-comment, layer: embedding, dim: 2, combine: mean, inputs: [comment]}
                    - {name: all, layer: concat, inputs: [of-numbers, of-categories, of-crosses, of-readings, of-pixels, of-comment]}
                    - {name: out, layer: linear, units: 1}
                output: {predictions: p, dead-letters: d}
                """ + features);
        run("validate", "--offline", file.toString());
        assertThat(terminal.out()).startsWith("ok: pipeline 'all'");
    }

    @Test
    void validateShowsShapesAndParametersOfAText() {
        run("validate", "--offline", EXAMPLES.resolve("spam.yaml").toString());
        assertThat(terminal.out())
                .containsPattern("body +tokens +\\(up to 120\\)")
                .containsPattern("body-words +embedding +\\(up to 120, 16\\) +1,048,576 \\(\\*\\)")
                .containsPattern("subject-read +lstm +\\(16\\) +1,664")
                .containsPattern("all +2,209");
    }

    /** Spam has one of ten words in four; the verdict comes 20 messages later. */
    @Test
    void textsAreLearned() throws Exception {
        for (int i = 0; i < ROWS; i++) {
            boolean spam = random.nextInt(2) == 1;
            rows.add("m" + i + "," + (START + 1000L * i) + ",\"" + words(6, spam) + "\"," + words(40, spam) + ","
                    + spam);
        }
        Map<?, ?> metrics = replay("spam", "id,at,subject,body,spam", ROWS, "--delay", "20");
        assertThat(number(metrics, "accuracy")).isGreaterThan(0.9);
        assertThat(deadLetters()).isEmpty();
    }

    /** A digit is a pattern of its own under noise; one image has 63 pixels. */
    @Test
    void imagesAreLearned() throws Exception {
        int[][] patterns = new int[10][64];
        for (int[] pattern : patterns) {
            for (int i = 0; i < 64; i++) {
                pattern[i] = random.nextInt(12);
            }
        }
        for (int i = 0; i < ROWS; i++) {
            int digit = random.nextInt(10);
            StringJoiner pixels = new StringJoiner(" ");
            for (int each = i == 700 ? 1 : 0; each < 64; each++) {
                pixels.add(String.valueOf(patterns[digit][each] + random.nextInt(5)));
            }
            rows.add("d" + i + "," + pixels + "," + digit);
        }
        Map<?, ?> metrics = replay("digits", "id,pixels,digit", ROWS - 1);
        assertThat(number(metrics, "accuracy")).isGreaterThan(0.9);
        assertThat(deadLetters())
                .singleElement()
                .asString()
                .contains("wrong-shape")
                .contains("field 'pixels' must have 64 numbers (8 x 8 x 1), had 63");
    }

    /** A speaker is how fast the numbers turn; recordings differ in length, and one lacks a number. */
    @Test
    void sequencesAreLearned() throws Exception {
        for (int i = 0; i < ROWS; i++) {
            int speaker = random.nextInt(9);
            double at = random.nextDouble(Math.PI);
            int numbers = 12 * random.nextInt(7, 30);
            StringJoiner voice = new StringJoiner(";");
            for (int each = i == 700 ? 1 : 0; each < numbers; each++) {
                double turned = at + each / 12 * 0.3 * (speaker + 1);
                voice.add(String.format("%.2f", Math.sin(turned + each % 12 * 0.5)));
            }
            rows.add("r" + i + "," + (START + 1000L * i) + "," + voice + "," + speaker);
        }
        Map<?, ?> metrics = replay("vowels", "id,at,voice,speaker", ROWS - 1);
        assertThat(number(metrics, "accuracy")).isGreaterThan(0.5);
        assertThat(deadLetters())
                .singleElement()
                .asString()
                .contains("wrong-shape")
                .contains("a multiple of 12");
    }

    private String words(int count, boolean spam) {
        StringJoiner words = new StringJoiner(" ");
        for (int i = 0; i < count; i++) {
            boolean telling = spam && random.nextInt(4) == 0;
            words.add((telling ? "Offer" : "word") + random.nextInt(telling ? 10 : 500));
        }
        return words.toString();
    }

    /** The metrics over all; every row but bad ones has one prediction. */
    private Map<?, ?> replay(String name, String header, int good, String... more) throws Exception {
        Path input = Files.writeString(folder.resolve("input.csv"), header + "\n" + String.join("\n", rows) + "\n");
        List<String> arguments = new ArrayList<>(List.of(
                "replay",
                EXAMPLES.resolve(name + ".yaml").toString(),
                "--input",
                input.toString(),
                "--output",
                folder.toString(),
                "--format",
                "json"));
        arguments.addAll(List.of(more));
        run(arguments.toArray(String[]::new));
        assertThat(Files.readAllLines(folder.resolve("predictions.csv")).size())
                .as("lines, the first with names")
                .isEqualTo(good + 1);
        Map<?, ?> evaluation = (Map<?, ?>) Json.read(terminal.out());
        assertThat(evaluation.get("examples")).isEqualTo((long) good);
        return (Map<?, ?>) evaluation.get("metrics");
    }

    private List<String> deadLetters() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("dead-letters.csv"));
        return lines.subList(1, lines.size());
    }

    private static double number(Map<?, ?> metrics, String name) {
        return ((Number) metrics.get(name)).doubleValue();
    }
}
