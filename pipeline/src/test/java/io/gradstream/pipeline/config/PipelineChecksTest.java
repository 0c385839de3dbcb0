package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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

    @Test
    void aSchemaWithoutAUsedField() {
        assertThat(folder.flights("- hour-of-day: dep_time", "- hour-of-day: departure"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6: input.format: ")
                .contains("departure");
        assertThat(folder.flights("field: arr_delay_min", "field: arr_dely_min"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:19: label.format: ")
                .contains("arr_dely_min", "arr_delay_min");
        assertThat(folder.flights("- log: distance_mi", "- log: origin"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6: input.format: ")
                .contains("origin");
    }

    @Test
    void aSchemaThatIsNone() {
        assertThat(folder.flights("{avro: flight.avsc}", "{avro: none.avsc}"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6: input.format.avro: no file none.avsc");
        folder.write("bad.avsc", "{\"type\": \"recrd\"}");
        assertThat(folder.flights("{avro: flight.avsc}", "{avro: bad.avsc}"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:6: input.format: ");
    }

    @Test
    void idsAreRememberedWhereNoJoinDoesIt() {
        assertThat(folder.clicks("format: json}", "format: json, id: view, remember-ids: 5}"))
                .isEmpty();
        assertThat(folder.clicks("format: json}", "format: json, id: view, remember-ids: -1}"))
                .containsExactly("p.yaml:3: input.remember-ids: must be between 0 and 10000000, was -1");
        assertThat(folder.clicks("format: json}", "format: json, remember-ids: 5}"))
                .containsExactly("p.yaml:3: input.remember-ids: an event's origin never comes again; give input.id or"
                        + " leave it out");
        assertThat(folder.flights("format: {avro: flight.avsc}", "format: {avro: flight.avsc}\n  remember-ids: 5"))
                .singleElement()
                .asString()
                .endsWith(
                        "input.remember-ids: is for labels in the event; those of a topic are joined, which remembers ids"
                                + " for label.wait");
    }

    @Test
    void topicsMustDiffer() {
        assertThat(folder.flights("predictions: flight-predictions", "predictions: arrivals"))
                .containsExactly(
                        "p.yaml:30: output.predictions: topic 'arrivals' is already that of label.topic; each needs its own");
        assertThat(folder.flights("topic: flights", "topic: [flights, flights]"))
                .singleElement()
                .asString()
                .contains("topic 'flights' is already that of input.topic");
        assertThat(folder.flights("topic: flights", "topic: a/b"))
                .singleElement()
                .asString()
                .contains("a topic has at most 249 letters, digits, '.', '_' and '-', was \"a/b\"");
    }

    @Test
    void learningInParallelIsRefused() {
        assertThat(folder.flights(
                        "task: binary", PipelineFolder.after("task: binary", "parallelism: {learn: 4, score: 200}")))
                .containsExactly(
                        "p.yaml:26: parallelism.learn: learning runs at parallelism 1 in this version, was 4; scoring is"
                                + " parallel: parallelism.score",
                        "p.yaml:26: parallelism.score: must be between 1 and 128, was 200");
    }

    @Test
    void kafka() {
        assertThat(folder.clicks("bootstrap.servers", "bootstrap.server"))
                .containsExactly("p.yaml:2: kafka[\"bootstrap.servers\"]: must be given, such as localhost:9092");
        assertThat(folder.clicks("\"localhost:9092\"", "\"a:1\", transactional.id: b"))
                .containsExactly("p.yaml:2: kafka[\"transactional.id\"]: is set by Gradstream; leave it out");
        for (String reset : List.of("by_duration:PT1H", "newest", "EARLIEST", " latest")) {
            assertThat(folder.clicks("\"localhost:9092\"", "\"a:1\", auto.offset.reset: '" + reset + "'"))
                    .containsExactly("p.yaml:2: kafka[\"auto.offset.reset\"]: wanted earliest, latest or none, was \""
                            + reset + "\"; Flink's source takes no other");
        }
        assertThat(folder.clicks("\"localhost:9092\"", "\"a:1\", partition.discovery.interval.ms: 1m"))
                .containsExactly("p.yaml:2: kafka[\"partition.discovery.interval.ms\"]: wanted a whole number of"
                        + " milliseconds, was \"1m\"");
        assertThat(folder.clicks(
                        "\"localhost:9092\"",
                        "\"a:1\", auto.offset.reset: earliest, partition.discovery.interval.ms: -1"))
                .isEmpty();
    }

    @Test
    void names() {
        assertThat(folder.clicks("name: clicks", "name: Clicks!"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:1: name: wanted at most 100 lower-case letters");
    }

    @Test
    void featuresThatCannotBe() {
        assertThat(folder.flights("bucket-distance_mi]", "bucket-distance]"))
                .singleElement()
                .asString()
                .startsWith(
                        "p.yaml:16: features[5].all-pairs: no feature 'bucket-distance' that is a category; known: ");
        assertThat(folder.flights("buckets: 1024", "buckets: 1"))
                .containsExactly("p.yaml:13: features[2].buckets: must be at least 2 (one is for missing), was 1");
        for (String every : List.of("779m", "1d", "999ms")) {
            assertThat(folder.flights("- log:", "- {time-of-day: dep_time, every: " + every + "}\n  - log:"))
                    .singleElement()
                    .asString()
                    .startsWith("p.yaml:10: features[0].every: must be from 1s to 12h, was ");
        }
        assertThat(folder.flights("- log:", "- {time-of-day: dep_time, every: 12h}\n  - log:"))
                .isEmpty();
        assertThat(folder.clicks("  - numeric: [price, age]\n  - categorical: [ad, page]", "  []"))
                .containsExactly("p.yaml:4: features: needs at least one feature");
    }

    @Test
    void startFrom() {
        assertThat(folder.flights("task: binary", PipelineFolder.after("task: binary", "start-from: none.safetensors")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:26: start-from: no file none.safetensors");
        assertThat(folder.clicks("task: binary", PipelineFolder.after("task: binary", "start-from: topic")))
                .containsExactly("p.yaml:9: start-from: topic needs output.snapshots");
        folder.write("torn.safetensors", "not a snapshot");
        assertThat(folder.flights("task: binary", PipelineFolder.after("task: binary", "start-from: torn.safetensors")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:26: start-from: torn.safetensors cannot be gone on from: ");
    }

    @Test
    void modelsThatDoNotFit() {
        assertThat(folder.flights("hidden: [64, 32]", "hidden: [64, 0]"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:26: model: ");
        assertThat(folder.clicks(
                        "task: binary",
                        PipelineFolder.after(
                                "task: binary",
                                "model: {layers: [{name: a, layer: linear, units: 2, inputs: [numbers]}]}")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: model: ");
        assertThat(folder.clicks(
                        "task: binary",
                        PipelineFolder.after(
                                "task: binary",
                                "model: {layers: [{name: a, layer: linear, unit: 1, inputs: [numbers]}]}")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: model.layers[0].unit: unknown key; did you mean 'units'?");
        assertThat(folder.clicks("task: binary", PipelineFolder.after("task: binary", "loss: mean-squared-error")))
                .containsExactly(
                        "p.yaml:9: loss: does not fit the task; leave it out, or give binary-cross-entropy, was"
                                + " mean-squared-error");
    }

    @Test
    void startOffsets() {
        assertThat(folder.flights("time: dep_time", PipelineFolder.after("time: dep_time", "  start-offsets: newest")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: input.start-offsets: wanted committed, committed-or-latest,");
        assertThat(folder.flights(
                        "time: dep_time",
                        PipelineFolder.after("time: dep_time", "  start-offsets: flights-0:5,arrival-0:7")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: input.start-offsets: 'arrival' is no input topic");
        assertThat(folder.flights(
                        "time: dep_time",
                        PipelineFolder.after("time: dep_time", "  start-offsets: flights-0:5,flights-1:07")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:9: input.start-offsets: wanted committed, committed-or-latest,")
                .endsWith("got \"flights-0:5,flights-1:07\"; write the number without zeros in front");
        assertThat(folder.flights(
                        "time: dep_time", PipelineFolder.after("time: dep_time", "  start-offsets: flights-00:5")))
                .containsExactly("p.yaml:9: input.start-offsets: a partition is written TOPIC-NUMBER, such as"
                        + " flights-0, not 'flights-00'; write the number without zeros in front");
    }

    @Test
    void kafkasOwnPropertiesAreCheckedWhereTheyStand() {
        for (String property : List.of("acks: 0", "batch.size: -4", "linger.ms: 1e9", "isolation.level: x")) {
            String key = property.substring(0, property.indexOf(':'));
            String where = key.equals("acks") ? "p.yaml:3: kafka.acks: " : "p.yaml:3: kafka[\"" + key + "\"]: ";
            assertThat(folder.clicks("\"localhost:9092\"}", "\"localhost:9092\",\n  " + property + "}"))
                    .singleElement()
                    .asString()
                    .startsWith(where)
                    .contains(key);
        }
    }

    @Test
    void brokersHaveAHostAndAPort() {
        for (String server : List.of("", "localhost", "localhost:", ":9092", "a:99999", "a:99999999999", "http//a:1")) {
            assertThat(folder.clicks("\"localhost:9092\"", "\"localhost:9092, " + server + "\""))
                    .containsExactly(
                            "p.yaml:2: kafka[\"bootstrap.servers\"]: Kafka client property 'bootstrap.servers' has \""
                                    + server
                                    + "\"; give one or more HOST:PORT, such as localhost:9092, with commas between.");
        }
        assertThat(folder.clicks("\"localhost:9092\"", "\"[::1]:9092, SSL://broker-1.example.org:9093\""))
                .isEmpty();
    }
}
