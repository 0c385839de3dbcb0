package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a value is read as: numbers, text of digits, characters that are not to be seen. */
@Timeout(60)
class YamlValuesTest {

    @TempDir
    Path temp;

    private PipelineFolder folder;

    @BeforeEach
    void open() {
        folder = new PipelineFolder(temp);
    }

    /** YAML 1.1 reads 010 as 8: whoever writes it means something else. */
    @Test
    void numbersThatAreNotWrittenAsPeopleReadThem() {
        Map<String, String> told = Map.of(
                "010", "YAML reads 010 as 8; write 8 or 10, whichever is meant",
                "-010", "YAML reads -010 as -8; write -8 or -10, whichever is meant",
                "0x10", "YAML reads 0x10 as 16; write 16",
                "0b11", "YAML reads 0b11 as 3; write 3",
                "1_0", "YAML reads 1_0 as 10; write 10",
                "00", "YAML reads 00 as 0; write 0");
        told.forEach((number, problem) -> assertThat(folder.problems(
                        PipelineFolder.example("logistic.yaml", "task: binary", "task: binary\nbatch-size: " + number)))
                .contains("p.yaml:9: batch-size: wanted plain decimal digits, but " + problem + ", or \"" + number
                        + "\" in quotes if it is text"));
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "hidden: [64, 32]", "hidden: [64, 032]")))
                .containsExactly(
                        "p.yaml:26: model.hidden[1]: wanted plain decimal digits, but YAML reads 032 as 26; write 26"
                                + " or 32, whichever is meant, or \"032\" in quotes if it is text");
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "threshold: 15", "threshold: 1_5.5")))
                .containsExactly(
                        "p.yaml:23: label.threshold: wanted plain decimal digits, but YAML reads 1_5.5 as 15.5; write"
                                + " 15.5, or \"1_5.5\" in quotes if it is text");
        assertThat(folder.problems(
                        PipelineFolder.example("logistic.yaml", "task: binary", "task: binary\nbatch-size: 09")))
                .containsExactly("p.yaml:9: batch-size: wanted a whole number, got the text \"09\": write it without"
                        + " leading zeros");
    }

    /** YAML 1.1 has words for them and counts in sixties; here they are text. */
    @Test
    void numbersThatAreNone() {
        for (String number : List.of(".inf", "-.INF", ".nan", "1:30.5")) {
            assertThat(folder.problems(PipelineFolder.example("flights.yaml", "threshold: 15", "threshold: " + number)))
                    .containsExactly("p.yaml:23: label.threshold: wanted a number, got the text \"" + number + "\"");
        }
    }

    @Test
    void numbersThatNoDoubleHolds() {
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "edges: [", "edges: [1.0e-400, ")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:12: features[1].")
                .endsWith("edges[0]: the number 1.0e-400 is too close to 0 for a double");
        Map<String, String> told = Map.of(
                "1.0e-400", "the number 1.0e-400 is too close to 0 for a double",
                "-0.03e-400", "the number -0.03e-400 is too close to 0 for a double",
                "1.0e+400", "the number 1.0e+400 is too large for a double",
                "-1.0e+400", "the number -1.0e+400 is too large for a double");
        told.forEach((number, problem) -> assertThat(folder.problems(
                        PipelineFolder.example("flights.yaml", "threshold: 15", "threshold: " + number)))
                .containsExactly("p.yaml:23: label.threshold: " + problem));
        for (String number : List.of("0.0", "-0.0", "0.0e-400", "1.0e-300", "1.0e+300", "4.9e-324")) {
            assertThat(folder.problems(PipelineFolder.example("flights.yaml", "threshold: 15", "threshold: " + number)))
                    .isEmpty();
        }
        assertThat(folder.problems(PipelineFolder.example(
                        "flights.yaml", "threshold: 15", "default: \"1e-400\"", "task: binary", "task: regression")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:23: label.default: wanted ")
                .endsWith(", was \"1e-400\"");
        String fromVariable = PipelineFolder.example("flights.yaml", "threshold: 15", "threshold: ${ENV:T}");
        assertThat(folder.problems(fromVariable, Map.of("T", "1e-400")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:23: label.threshold: ");
        String name = PipelineFolder.example("flights.yaml", "predictions: ", "predictions: ${ENV:T} #");
        assertThat(folder.problems(name, Map.of("T", "12e4567"))).isEmpty();
    }

    @Test
    void digitsWhereTextIsWantedAreToBeQuoted() {
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "name: clicks", "name: 010")))
                .contains("p.yaml:1: name: wanted plain decimal digits, but YAML reads 010 as 8; write 8 or 10,"
                        + " whichever is meant, or \"010\" in quotes if it is text");
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "topic: views", "topic: 2024_01")))
                .contains("p.yaml:3: input.topic[0]: wanted plain decimal digits, but YAML reads 2024_01 as 202401;"
                        + " write 202401, or \"2024_01\" in quotes if it is text");
        assertThat(folder.problems(PipelineFolder.example("logistic.yaml", "topic: views", "topic: \"2024_01\"")))
                .isEmpty();
    }

    @Test
    void controlCharactersInNames() {
        Map<String, String> told = Map.of(
                "name: clicks", "p.yaml:1: name",
                "topic: views", "p.yaml:3: input.topic[0]",
                "field: clicked", "p.yaml:7: label.field",
                "predictions: clicks-predictions", "p.yaml:10: output.predictions",
                "dead-letters: clicks-dead-letters", "p.yaml:11: output.dead-letters");
        told.forEach((given, where) -> {
            String value = given.substring(given.indexOf(' ') + 1);
            String bell = given.replace(value, "\"a\\u0007b\"");
            assertThat(folder.problems(PipelineFolder.example("logistic.yaml", given, bell)))
                    .contains(where + ": must have no control characters, was \"a\\u0007b\"");
        });
        assertThat(folder.problems(PipelineFolder.example(
                        "flights.yaml",
                        "- log: distance_mi",
                        "- {log: distance_mi, name: \"a\\tb\"}",
                        "- hour-of-day: dep_time",
                        "- hour-of-day: \"dep\\x7ftime\"",
                        "output:",
                        "output:\n  transactional-id-prefix: \"mine\\e\"")))
                .containsExactly(
                        "p.yaml:10: features[0].name: must have no control characters, was \"a\\u0009b\"",
                        "p.yaml:14: features[3].hour-of-day[0]: must have no control characters, was \"dep\\u007ftime\"",
                        "p.yaml:30: output.transactional-id-prefix: must have no control characters, was"
                                + " \"mine\\u001b\"");
    }

    /** Keys that a user chooses may be called as those are below which text is no name. */
    @Test
    void controlCharactersBelowKeysThatOnlyLookLikeOthers() {
        assertThat(
                        folder.problems(
                                PipelineFolder.example(
                                        "logistic.yaml",
                                        "task: binary",
                                        "task: binary\ninitial-weights: {file: w.safetensors, names: {kafka: \"a\\u0007b\", default: \"a\\u0007b\"}}")))
                .contains(
                        "p.yaml:9: initial-weights.names.kafka: must have no control characters, was \"a\\u0007b\"",
                        "p.yaml:9: initial-weights.names.default: must have no control characters, was \"a\\u0007b\"");
    }

    /** What is no name may have them. */
    @Test
    void controlCharactersInOtherText() {
        assertThat(folder.problems(PipelineFolder.example(
                        "logistic.yaml",
                        "format: json",
                        "format: {csv: [price, age, ad, page, clicked], delimiter: \"\\t\"}",
                        "\"localhost:9092\"",
                        "\"localhost:9092\", sasl.jaas.config: \"a\\n  b;\"",
                        "{field: clicked}",
                        "{field: clicked, classes: [\"a\\tb\", c]}")))
                .isEmpty();
    }

    /** Where text is wanted, digits are text, as they stand in the file. */
    @Test
    void textOfDigitsStaysAsItIs() {
        assertThat(folder.problems(PipelineFolder.example(
                        "logistic.yaml",
                        "label: {field: clicked}",
                        "label: {field: clicked, classes: [010, 0x10, 1_0]}",
                        "task: binary",
                        "task: multiclass")))
                .isEmpty();
        assertThat(folder.load(
                                PipelineFolder.example(
                                        "logistic.yaml", "\"localhost:9092\"", "\"localhost:9092\", client.id: 007"),
                                Map.of())
                        .kafka())
                .containsEntry("client.id", "007");
    }

    /** What a variable stands for is read as if it stood there, but no number is made of what YAML would read otherwise. */
    @Test
    void numbersFromVariablesAreDecimal() {
        String text = PipelineFolder.example("logistic.yaml", "task: binary", "task: binary\nbatch-size: ${ENV:ROWS}");
        assertThat(folder.load(text, Map.of("ROWS", "10")).model().batchSize()).isEqualTo(10);
        assertThat(folder.problems(text, Map.of("ROWS", "010")))
                .containsExactly("p.yaml:9: batch-size: wanted a whole number (the value is that of ${ENV:ROWS})");
    }
}
