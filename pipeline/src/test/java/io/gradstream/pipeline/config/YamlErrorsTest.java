package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no pipeline: each problem is one line that says where, what was wanted and what came. */
@Timeout(60)
class YamlErrorsTest {

    @TempDir
    Path temp;

    private PipelineFolder folder;

    @BeforeEach
    void open() {
        folder = new PipelineFolder(temp);
    }

    @Test
    void anUnknownKeyNamesTheNearest() {
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "hidden:", "hiden:")))
                .containsExactly("p.yaml:26: model.hiden: unknown key; did you mean 'hidden'? Known: preset, hidden,"
                        + " embedding, dropout");
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "order: event-time", "ordre: event-time")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:28: ordre: unknown key; did you mean 'order'? Known: name, kafka, input, ");
    }

    @Test
    void everyProblemIsFoundAtOnce() {
        assertThat(folder.problems(PipelineFolder.example(
                        "flights.yaml",
                        "hidden:",
                        "hiden:",
                        "threshold: 15",
                        "threshold: late",
                        "wait: 2d",
                        "wait: 2")))
                .satisfiesExactly(
                        threshold -> assertThat(threshold)
                                .isEqualTo("p.yaml:23: label.threshold: wanted a number, got the text \"late\""),
                        waits -> assertThat(waits).startsWith("p.yaml:24: label.wait: wanted a duration such as"),
                        hidden -> assertThat(hidden).startsWith("p.yaml:26: model.hiden: unknown key"));
    }

    @Test
    void aKeyThatMustBeGiven() {
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "label: {field: clicked}\n", "")))
                .containsExactly(
                        "p.yaml: label: must be given: a section with the keys field, threshold, classes, topic, format, id,"
                                + " time, out-of-orderness, max-ahead, idle-after, wait, default, max-waiting");
        assertThat(folder.problems(
                        PipelineFolder.example("logistic.yaml", "  dead-letters: clicks-dead-letters\n", "")))
                .containsExactly("p.yaml:9: output.dead-letters: must be given: text");
    }

    @Test
    void wrongTypes() {
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "task: binary", "task: [binary]")))
                .containsExactly("p.yaml:8: task: wanted one of binary, multiclass, regression, got a list of 1");
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "task: binary", "task: binry")))
                .containsExactly("p.yaml:8: task: wanted one of binary, multiclass, regression, got the text"
                        + " \"binry\"; did you mean 'binary'?");
        assertThat(folder.problems(
                        PipelineFolder.example("logistic.yaml", "task: binary", "task: binary\nbatch-size: 6.5")))
                .containsExactly("p.yaml:9: batch-size: wanted a whole number, got the number 6.5");
        assertThat(folder.problems(
                        PipelineFolder.example("logistic.yaml", "task: binary", "task: binary\nbatch-size: 0")))
                .containsExactly("p.yaml:9: batch-size: must be at least 1, was 0");
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "name: clicks", "name:")))
                .containsExactly("p.yaml:1: name: has no value, wanted text");
        for (String nothing : List.of("", " \"\"", " ~")) {
            assertThat(folder.clicks("output:", "output:\n  transactional-id-prefix:" + nothing))
                    .singleElement()
                    .asString()
                    .endsWith(": output.transactional-id-prefix: has no value; leave the key out, or give it one");
        }
    }

    @Test
    void anUnknownKindOfFeatureNamesTheNearest() {
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "- log:", "- lgo:")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:10: features[0].lgo: wanted one of all-pairs, boolean, bucket, categorical, cross,")
                .endsWith("got the text \"lgo\"; did you mean 'log'?");
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "    edges:", "    egdes:")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:12: features[1].egdes: unknown key; did you mean 'edges'?");
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "- log: distance_mi", "- distance_mi")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:10: features[0]: wanted one of");
    }

    @Test
    void anUnknownFormatNamesTheNearest() {
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "format: json", "format: jsn")))
                .singleElement()
                .asString()
                .startsWith(
                        "p.yaml:3: input.format: wanted one of avro, csv, json, got the text \"jsn\"; did you mean");
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "format: json", "format: {arvo: a.avsc}")))
                .singleElement()
                .asString()
                .startsWith(
                        "p.yaml:3: input.format.arvo: wanted one of avro, csv, json, got the text \"arvo\"; did you");
    }

    @Test
    void aKeyTwice() {
        assertThat(folder.problems(
                        PipelineFolder.example("flights.yaml", "task: binary", "task: binary\norder: arrival")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:29: ")
                .containsIgnoringCase("duplicate")
                .contains("order");
    }

    @Test
    void nestedTooDeep() {
        for (int depth : new int[] {50, 1000, 100_000, 400_000}) {
            for (String text : List.of("a: " + "[".repeat(depth), "a: " + "{b: ".repeat(depth), "- ".repeat(depth))) {
                assertThat(folder.problems(text)).singleElement().asString().startsWith("p.yaml");
            }
        }
        assertThat(folder.problems("a: " + "[".repeat(50) + "]".repeat(50)))
                .singleElement()
                .asString()
                .contains("nested deeper than 32");
    }

    @Test
    void tagsAnchorsAliasesAndMergesAreRefused() {
        Map<String, String> wordOf = Map.of(
                "name: !!javax.script.ScriptEngineManager [x]", "tags",
                "name: !!str clicks", "tags",
                "name: !local clicks", "tags",
                "input: &a {topic: x}", "anchors",
                "a: &a [x]\nb: [*a, *a]", "anchors",
                "name: *a", "aliases",
                "batch-size: &a 4", "anchors",
                "&a batch-size: 4", "anchors",
                "<<: {name: x}", "merge keys");
        wordOf.forEach((text, word) ->
                assertThat(folder.problems(text)).singleElement().asString().startsWith("p.yaml:1: " + word));
        assertThat(folder.problems("!!map {name: x}"))
                .singleElement()
                .asString()
                .contains("tags");
    }

    @Test
    void aBillionLaughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1) + "]\n");
        }
        assertThat(folder.problems(text.toString())).singleElement().asString().contains("anchors (&) are not taken");
    }

    @Test
    void aHugeFileIsNotRead() throws Exception {
        Path file = temp.resolve("huge.yaml");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 30);
        }
        assertThatThrownBy(() -> PipelineFile.load(file))
                .hasMessageMatching(".*huge.yaml: has more than 1048576 bytes, which no pipeline needs");
    }

    @Test
    void whatIsNoFile() throws Exception {
        assertThatThrownBy(() -> PipelineFile.load(temp.resolve("none.yaml")))
                .hasMessageEndingWith("none.yaml: no such file");
        assertThatThrownBy(() -> PipelineFile.load(temp)).hasMessageEndingWith("is no file that can be read");
        Path latin = Files.write(temp.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
        assertThatThrownBy(() -> PipelineFile.load(latin)).hasMessageEndingWith("latin.yaml: is not UTF-8");
    }

    @Test
    void whatIsNoYaml() {
        assertThat(folder.problems("")).containsExactly("p.yaml:1: is empty; a pipeline is a section of keys");
        assertThat(folder.problems("# nothing\n")).singleElement().asString().contains("is empty");
        assertThat(folder.problems("- a\n- b")).containsExactly("p.yaml:1: wanted a section of keys");
        assertThat(folder.problems("name: a\n---\nname: b"))
                .singleElement()
                .asString()
                .contains("a second document begins here");
        assertThat(folder.problems("name: a\n  task: b\n"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:2: is no YAML: mapping values are not allowed here");
        assertThat(folder.problems("name: \"a\ntask: b\n"))
                .singleElement()
                .asString()
                .contains("is no YAML");
        assertThat(folder.problems("name: a\u0007b")).singleElement().asString().contains("is no YAML");
        assertThat(folder.problems("name: x\n? [a, b]\n: c"))
                .containsExactly("p.yaml:2: is no YAML: a key is to be text");
        assertThat(folder.problems("kafka: {a: ${ENV:B}}"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:1: is no YAML: expected ',' or '}'")
                .endsWith("; a reference inside { } or [ ] needs quotes: \"${ENV:NAME}\"");
        assertThat(folder.problems("\tname: a")).singleElement().asString().contains("is no YAML");
    }

    /** No mutation of a good file does anything but load, or fail with one-line problems. */
    @Test
    void mutationsAreLoadedOrRefusedInLines() {
        Random random = new Random(11);
        String good = PipelineFolder.example("flights.yaml");
        String letters = "{}[]:,-#&*!|>'\"%@`?~\n\t aé0$\\<";
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder(good);
            for (int i = 0; i <= random.nextInt(4); i++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, letters.charAt(random.nextInt(letters.length())));
                    case 2 -> text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
                }
            }
            Path file = folder.write("p.yaml", text.toString());
            PipelineException refused =
                    catchThrowableOfType(PipelineException.class, () -> PipelineFile.load(file, true, Map.of()));
            if (refused != null) {
                assertThat(refused.problems())
                        .isNotEmpty()
                        .allMatch(line -> !line.contains("\n") && line.length() < 2000);
            }
        }
    }
}
