package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are right one by one and wrong together. */
class PipelineChecksTest {

    @TempDir
    Path temp;

    private PipelineFolder folder;

    @BeforeEach
    void open() {
        folder = new PipelineFolder(temp);
    }

    private List<String> flights(String... replacements) {
        return folder.problems(PipelineFolder.example("flights.yaml", replacements));
    }

    private List<String> clicks(String... replacements) {
        return folder.problems(PipelineFolder.example("logistic.yaml", replacements));
    }

    private static String after(String line, String more) {
        return line + "\n" + more;
    }

    @Test
    void aSchemaWithoutAUsedField() {
        assertThat(flights("- hour-of-day: dep_time", "- hour-of-day: departure"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6: input.format: ")
                .contains("departure");
        assertThat(flights("field: arr_delay_min", "field: arr_dely_min"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:19: label.format: ")
                .contains("arr_dely_min", "arr_delay_min");
        assertThat(flights("- log: distance_mi", "- log: origin"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6: input.format: ")
                .contains("origin");
    }

    @Test
    void aSchemaThatIsNone() {
        assertThat(flights("{avro: flight.avsc}", "{avro: none.avsc}"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6: input.format.avro: no file none.avsc");
        folder.write("bad.avsc", "{\"type\": \"recrd\"}");
        assertThat(flights("{avro: flight.avsc}", "{avro: bad.avsc}"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6: input.format: ");
    }

    @Test
    void labelAndTask() {
        assertThat(flights("task: binary", "task: regression"))
                .containsExactly("p.yaml:23: label.threshold: is for task: binary, but the task is regression");
        assertThat(flights("task: binary", "task: multiclass"))
                .containsExactly(
                        "p.yaml:17: label.classes: a multiclass task needs 2 to 1048576 classes: their names, or their"
                                + " number",
                        "p.yaml:23: label.threshold: is for task: binary, but the task is multiclass");
    }

    @Test
    void classes() {
        assertThat(clicks("{field: clicked}", "{field: clicked, classes: [a, b, c]}"))
                .containsExactly("p.yaml:7: label.classes: a binary task has two, [negative, positive], was [a, b, c]");
        assertThat(clicks("{field: clicked}", "{field: clicked, classes: 1}", "task: binary", "task: multiclass"))
                .singleElement()
                .asString()
                .contains("needs 2 to");
        assertThat(clicks("{field: clicked}", "{field: clicked, classes: [a, a]}"))
                .containsExactly("p.yaml:7: label.classes: names must differ, was [a, a]");
        assertThat(clicks("{field: clicked}", "{field: clicked, classes: [a, b], threshold: 1}"))
                .containsExactly("p.yaml:7: label.classes: has no meaning beside a threshold; leave one of them out");
        assertThat(clicks("{field: clicked}", "{field: clicked, classes: 10}", "task: binary", "task: multiclass"))
                .isEmpty();
        assertThat(clicks(
                        "{field: clicked}",
                        "{field: clicked, classes: [0, 1.0, true]}",
                        "task: binary",
                        "task: multiclass"))
                .isEmpty();
    }

    @Test
    void aNumberOfClassesAndADefaultHaveNoZerosInFront() {
        assertThat(clicks("{field: clicked}", "{field: clicked, classes: 010}", "task: binary", "task: multiclass"))
                .containsExactly(
                        "p.yaml:7: label.classes: a multiclass task needs 2 to 1048576 classes: their names, or"
                                + " their number; write the number without zeros in front");
        assertThat(clicks("{field: clicked}", "{field: clicked, classes: \"02\"}"))
                .containsExactly("p.yaml:7: label.classes: a binary task has two, [negative, positive], was [02]; write"
                        + " the number without zeros in front");
        assertThat(flights("threshold: 15", "classes: 2\n  default: 01"))
                .containsExactly("p.yaml:24: label.default: wanted a class from 0 to 1, was \"01\"; write the number"
                        + " without zeros in front");
        assertThat(flights("threshold: 15", "classes: 2\n  default: 1")).isEmpty();
    }

    /** Wherever one may stand, also beside other text. */
    @Test
    void durationsHaveNoZerosInFront() {
        String wanted = "wanted a duration such as 500ms, 10s, 5m, 2h or 2d, got the text \"010h\"; write the number"
                + " without zeros in front";
        assertThat(flights("wait: 2d", "wait: 010h")).containsExactly("p.yaml:24: label.wait: " + wanted);
        assertThat(flights("every: 1d", "every: 010h")).containsExactly("p.yaml:31: output.snapshots.every: " + wanted);
        assertThat(flights("40m", "010h")).containsExactly("p.yaml:35: replay.known-at[1]: " + wanted);
        assertThat(clicks("task: binary", after("task: binary", "replay: {delay: 010h}")))
                .containsExactly("p.yaml:9: replay.delay: " + wanted);
    }

    @Test
    void aLabelThatIsAFeature() {
        assertThat(clicks("[price, age]", "[price, clicked]"))
                .containsExactly(
                        "p.yaml:7: label.field: 'clicked' is also a feature; a model that sees its label learns"
                                + " nothing else");
    }

    @Test
    void idsAreRememberedWhereNoJoinDoesIt() {
        assertThat(clicks("format: json}", "format: json, id: view, remember-ids: 5}"))
                .isEmpty();
        assertThat(clicks("format: json}", "format: json, id: view, remember-ids: -1}"))
                .containsExactly("p.yaml:3: input.remember-ids: must be between 0 and 10000000, was -1");
        assertThat(clicks("format: json}", "format: json, remember-ids: 5}"))
                .containsExactly("p.yaml:3: input.remember-ids: an event's origin never comes again; give input.id or"
                        + " leave it out");
        assertThat(flights("format: {avro: flight.avsc}", "format: {avro: flight.avsc}\n  remember-ids: 5"))
                .singleElement()
                .asString()
                .endsWith(
                        "input.remember-ids: is for labels in the event; those of a topic are joined, which remembers ids"
                                + " for label.wait");
    }

    @Test
    void aBoundOfTimesThatTheBrokerBounds() {
        String bound =
                "max-ahead: is for a time in a field; the broker bounds a record's own, with message.timestamp.after.max.ms";
        assertThat(flights("  time: dep_time", "  max-ahead: 1d")).containsExactly("p.yaml:8: input." + bound);
        assertThat(flights("  time: landed", "  max-ahead: 1d")).containsExactly("p.yaml:21: label." + bound);
        assertThat(flights("  time: dep_time", "  time: dep_time\n  max-ahead: 1d"))
                .isEmpty();
        assertThat(flights("  time: dep_time", "  time: dep_time\n  max-ahead: -1d"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: input.max-ahead: ");
        assertThat(clicks("{field: clicked}", "{field: clicked, max-ahead: 1d}"))
                .containsExactly(
                        "p.yaml:7: label.max-ahead: is for labels on a topic of their own; add label.topic or leave it"
                                + " out");
    }

    @Test
    void keysOfLabelsThatComeInTheEvent() {
        assertThat(clicks("{field: clicked}", "{field: clicked, wait: 1d, id: x}"))
                .containsExactly(
                        "p.yaml:7: label.id: is for labels on a topic of their own; add label.topic or leave it out",
                        "p.yaml:7: label.wait: is for labels on a topic of their own; add label.topic or leave it out");
        assertThat(flights("  id: flight\n  time: landed", "  time: landed"))
                .containsExactly(
                        "p.yaml:17: label.id: must be given with label.topic: the field with the event's id, or"
                                + " record-key");
    }

    /** What no label may be is no default, either. */
    @Test
    void theDefaultOfARegression() {
        for (String wrong : List.of("1.0e+35", "1f", "0x1p0", "NaN", "much")) {
            assertThat(flights("task: binary", "task: regression", "threshold: 15", "default: " + wrong))
                    .singleElement()
                    .asString()
                    .contains("label.default: wanted a finite number, of at most 1e30 in size, was ");
        }
        for (String right : List.of("0", "-1.5", ".5", "2.0e-3", "5.")) {
            assertThat(flights("task: binary", "task: regression", "threshold: 15", "default: " + right))
                    .isEmpty();
        }
    }

    @Test
    void theDefaultLabel() {
        assertThat(flights("wait: 2d", "default: 2"))
                .containsExactly("p.yaml:24: label.default: wanted 0 or 1, what is to be learned, was \"2\"");
        assertThat(folder.load(PipelineFolder.example("flights.yaml", "wait: 2d", "default: 1"), Map.of())
                        .labels()
                        .byDefault())
                .isEqualTo(1);
        assertThat(folder.load(PipelineFolder.example("flights.yaml", "wait: 2d", "default: false"), Map.of())
                        .labels()
                        .byDefault())
                .isZero();
        assertThat(folder.load(PipelineFolder.example("flights.yaml"), Map.of())
                        .labels()
                        .byDefault())
                .isNaN();
        assertThat(flights("wait: 2d", "wait: 0s")).containsExactly("p.yaml:24: label.wait: must be longer than 0");
    }

    @Test
    void topicsMustDiffer() {
        assertThat(flights("predictions: flight-predictions", "predictions: arrivals"))
                .containsExactly(
                        "p.yaml:30: output.predictions: topic 'arrivals' is already that of label.topic; each needs its own");
        assertThat(flights("topic: flights", "topic: [flights, flights]"))
                .singleElement()
                .asString()
                .contains("topic 'flights' is already that of input.topic");
        assertThat(flights("topic: flights", "topic: a/b"))
                .singleElement()
                .asString()
                .contains("a topic has at most 249 letters, digits, '.', '_' and '-', was \"a/b\"");
    }

    @Test
    void learningInParallelIsRefused() {
        assertThat(flights("task: binary", after("task: binary", "parallelism: {learn: 4, score: 200}")))
                .containsExactly(
                        "p.yaml:26: parallelism.learn: learning runs at parallelism 1 in this version, was 4; scoring is"
                                + " parallel: parallelism.score",
                        "p.yaml:26: parallelism.score: must be between 1 and 128, was 200");
    }

    @Test
    void checkpointsAndTransactions() {
        assertThat(flights("task: binary", after("task: binary", "checkpoint-interval: 20m")))
                .singleElement()
                .asString()
                .contains("must be well below kafka's transaction.timeout.ms (900000)");
        assertThat(flights(
                        "task: binary",
                        after("task: binary", "checkpoint-interval: 10s"),
                        "localhost:9092",
                        after("localhost:9092", "  transaction.timeout.ms: 10000")))
                .singleElement()
                .asString()
                .contains("(10000 ms)", "transaction.timeout.ms (10000)");
        assertThat(flights(
                        "task: binary",
                        after("task: binary", "checkpoint-interval: 10s"),
                        "localhost:9092",
                        after("localhost:9092", "  transaction.timeout.ms: \" 10000 \"")))
                .singleElement()
                .asString()
                .contains("(10000 ms)", "transaction.timeout.ms (10000)");
    }

    @Test
    void kafka() {
        assertThat(clicks("bootstrap.servers", "bootstrap.server"))
                .containsExactly("p.yaml:2: kafka[\"bootstrap.servers\"]: must be given, such as localhost:9092");
        assertThat(clicks("\"localhost:9092\"", "a, transactional.id: b"))
                .containsExactly("p.yaml:2: kafka[\"transactional.id\"]: is set by Gradstream; leave it out");
        for (String reset : List.of("by_duration:PT1H", "newest", "EARLIEST", " latest")) {
            assertThat(clicks("\"localhost:9092\"", "a, auto.offset.reset: '" + reset + "'"))
                    .containsExactly("p.yaml:2: kafka[\"auto.offset.reset\"]: wanted earliest, latest or none, was \""
                            + reset + "\"; Flink's source takes no other");
        }
        assertThat(clicks("\"localhost:9092\"", "a, partition.discovery.interval.ms: 1m"))
                .containsExactly("p.yaml:2: kafka[\"partition.discovery.interval.ms\"]: wanted a whole number of"
                        + " milliseconds, was \"1m\"");
        assertThat(clicks("\"localhost:9092\"", "a, auto.offset.reset: earliest, partition.discovery.interval.ms: -1"))
                .isEmpty();
    }

    @Test
    void names() {
        assertThat(clicks("name: clicks", "name: Clicks!"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:1: name: wanted at most 100 lower-case letters");
    }

    @Test
    void featuresThatCannotBe() {
        assertThat(flights("bucket-distance_mi]", "bucket-distance]"))
                .singleElement()
                .asString()
                .startsWith(
                        "p.yaml:16: features[5].all-pairs: no feature 'bucket-distance' that is a category; known: ");
        assertThat(flights("buckets: 1024", "buckets: 1"))
                .containsExactly("p.yaml:13: features[2].buckets: must be at least 2 (one is for missing), was 1");
        for (String every : List.of("779m", "1d", "999ms")) {
            assertThat(flights("- log:", "- {time-of-day: dep_time, every: " + every + "}\n  - log:"))
                    .singleElement()
                    .asString()
                    .startsWith("p.yaml:10: features[0].every: must be from 1s to 12h, was ");
        }
        assertThat(flights("- log:", "- {time-of-day: dep_time, every: 12h}\n  - log:"))
                .isEmpty();
        assertThat(clicks("  - numeric: [price, age]\n  - categorical: [ad, page]", "  []"))
                .containsExactly("p.yaml:4: features: needs at least one feature");
    }

    @Test
    void everyAndStartAndReplay() {
        assertThat(flights("every: 1d", "every: daily"))
                .containsExactly(
                        "p.yaml:31: output.snapshots.every: wanted a number of steps such as 1000, or a duration"
                                + " of event time such as 1h, was \"daily\"");
        assertThat(flights("every: 1d", "every: 0")).hasSize(1);
        for (String every : List.of("010", "\"010 steps\"", "01000")) {
            assertThat(flights("every: 1d", "every: " + every))
                    .containsExactly("p.yaml:31: output.snapshots.every: wanted a number of steps such as 1000, or a"
                            + " duration of event time such as 1h, was \"" + every.replace("\"", "")
                            + "\"; write the number without zeros in front");
        }
        assertThat(flights("every: 1d", "every: 999999999999d"))
                .containsExactly("p.yaml:31: output.snapshots.every: \"999999999999d\" is too long a duration");
        assertThat(flights("40m", "999999999999d"))
                .singleElement()
                .asString()
                .contains("replay.known-at[1]")
                .endsWith("\"999999999999d\" is too long a duration");
        assertThat(flights("time: dep_time", after("time: dep_time", "  start-offsets: newest")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: input.start-offsets: wanted committed, committed-or-latest,");
        assertThat(flights("time: dep_time", after("time: dep_time", "  start-offsets: flights-0:5,arrival-0:7")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: input.start-offsets: 'arrival' is no input topic");
        assertThat(flights("time: dep_time", after("time: dep_time", "  start-offsets: flights-0:5,flights-1:07")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: input.start-offsets: wanted committed, committed-or-latest,")
                .endsWith("got \"flights-0:5,flights-1:07\"; write the number without zeros in front");
        assertThat(flights("time: dep_time", after("time: dep_time", "  start-offsets: flights-00:5")))
                .containsExactly("p.yaml:9: input.start-offsets: a partition is written TOPIC-NUMBER, such as"
                        + " flights-0, not 'flights-00'; write the number without zeros in front");
        assertThat(flights("known-at:", "delay: 1h\n  known-at:"))
                .containsExactly("p.yaml:34: replay: takes either known-at or delay");
        for (String delay : List.of("010", "00")) {
            assertThat(clicks("task: binary", after("task: binary", "replay: {delay: " + delay + "}")))
                    .containsExactly(
                            "p.yaml:9: replay.delay: wanted a duration such as 2h or a number of events such as"
                                    + " 100, was \"" + delay + "\"; write the number without zeros in front");
        }
        assertThat(clicks("task: binary", after("task: binary", "replay: {delay: 10}")))
                .isEmpty();
        assertThat(clicks("task: binary", after("task: binary", "replay: {delay: 0}")))
                .isEmpty();
        assertThat(flights("[dep_time, 40m", "[40m"))
                .singleElement()
                .asString()
                .contains("replay.known-at: needs a time field to count from");
        assertThat(flights("each: 8s", "at-least: 1"))
                .singleElement()
                .asString()
                .contains("replay.known-at[2].at-least: needs 'each'");
    }

    @Test
    void durationsThatNoClockCounts() {
        for (String key : List.of("wait-for-model", "warm-up", "checkpoint-interval")) {
            assertThat(clicks("task: binary", after("task: binary", key + ": 106752d")))
                    .containsExactly("p.yaml:9: " + key + ": \"106752d\" is too long a duration");
        }
        assertThat(clicks("task: binary", after("task: binary", "wait-for-model: 100000d")))
                .isEmpty();
    }

    @Test
    void startFrom() {
        assertThat(flights("task: binary", after("task: binary", "start-from: none.safetensors")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:26: start-from: no file none.safetensors");
        assertThat(clicks("task: binary", after("task: binary", "start-from: topic")))
                .containsExactly("p.yaml:9: start-from: topic needs output.snapshots");
        folder.write("torn.safetensors", "not a snapshot");
        assertThat(flights("task: binary", after("task: binary", "start-from: torn.safetensors")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:26: start-from: torn.safetensors cannot be gone on from: ");
    }

    @Test
    void modelsThatDoNotFit() {
        assertThat(flights("hidden: [64, 32]", "hidden: [64, 0]"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:26: model: ");
        assertThat(clicks(
                        "task: binary",
                        after(
                                "task: binary",
                                "model: {layers: [{name: a, layer: linear, units: 2, inputs: [numbers]}]}")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: model: ");
        assertThat(clicks(
                        "task: binary",
                        after(
                                "task: binary",
                                "model: {layers: [{name: a, layer: linear, unit: 1, inputs: [numbers]}]}")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: model.layers[0].unit: unknown key; did you mean 'units'?");
        assertThat(clicks("task: binary", after("task: binary", "loss: mean-squared-error")))
                .containsExactly(
                        "p.yaml:9: loss: does not fit the task; leave it out, or give binary-cross-entropy, was"
                                + " mean-squared-error");
    }
}
