package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.formats.AvroFormat;
import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldType;
import io.gradstream.connectors.formats.JsonFormat;
import io.gradstream.connectors.kafka.ClientProfile;
import io.gradstream.connectors.kafka.Delivery;
import io.gradstream.connectors.kafka.StartOffsets;
import io.gradstream.connectors.kafka.StartOffsets.Committed.Otherwise;
import io.gradstream.model.Learner;
import io.gradstream.model.Task;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.config.Pipeline.StartFrom;
import io.gradstream.pipeline.config.Replay.Term;
import io.gradstream.pipeline.features.LabelRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {

    static Path example(String name) {
        return Path.of("src/test/resources/pipelines", name);
    }

    private static Pipeline load(String name) {
        return PipelineFile.load(example(name)).pipeline();
    }

    @Test
    void flights() {
        Pipeline pipeline = load("flights.yaml");
        assertThat(pipeline.name()).isEqualTo("flights");
        assertThat(pipeline.kafka()).isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
        Input events = pipeline.events();
        assertThat(events.topics()).containsExactly("flights");
        assertThat(events.format())
                .isInstanceOfSatisfying(
                        AvroFormat.class, avro -> assertThat(avro.schemaJson()).contains("distance_mi"));
        assertThat(events.fields())
                .containsExactly(
                        new Field("distance_mi", FieldType.NUMBER),
                        new Field("origin", FieldType.TEXT),
                        new Field("destination", FieldType.TEXT),
                        new Field("dep_time", FieldType.TIME),
                        new Field("flight", FieldType.TEXT));
        assertThat(events.time()).isEqualTo(3);
        assertThat(events.id()).isEqualTo(4);
        assertThat(events.startOffsets()).isEqualTo(new StartOffsets.Committed(Otherwise.EARLIEST));
        Input labels = pipeline.labels().input();
        assertThat(labels.topics()).containsExactly("arrivals");
        assertThat(labels.fields())
                .containsExactly(
                        new Field("arr_delay_min", FieldType.NUMBER),
                        new Field("landed", FieldType.TIME),
                        new Field("flight", FieldType.TEXT));
        assertThat(pipeline.labels().rule()).isEqualTo(new LabelRule.Threshold(0, 15));
        assertThat(pipeline.labels().waitMillis()).isEqualTo(2 * 86_400_000L);
        assertThat(pipeline.labels().byDefault()).isNaN();
        assertThat(pipeline.target().task()).isEqualTo(Task.BINARY);
        assertThat(pipeline.target().classes()).isEqualTo(2);
        assertThat(pipeline.order()).isEqualTo(Order.EVENT_TIME);
        assertThat(pipeline.running().profile()).isEqualTo(ClientProfile.THROUGHPUT);
        assertThat(pipeline.outputs())
                .isEqualTo(new Pipeline.Outputs(
                        "flight-predictions",
                        "flight-dead-letters",
                        "flight-model",
                        0,
                        86_400_000,
                        "flight-metrics",
                        20_000,
                        Delivery.EXACTLY_ONCE,
                        "gradstream-flights"));
        assertThat(pipeline.startFrom()).isEqualTo(new StartFrom.Scratch());
        assertThat(pipeline.replay())
                .isEqualTo(new Replay(
                        List.of(
                                new Field("dep_time", FieldType.TIME),
                                new Field("distance_mi", FieldType.NUMBER),
                                new Field("arr_delay_min", FieldType.NUMBER)),
                        List.of(
                                new Term(0, 0, 0, 0),
                                new Term(-1, 0, 0, 2_400_000),
                                new Term(1, 8000, Double.NEGATIVE_INFINITY, 0),
                                new Term(2, 60_000, 0, 0)),
                        -1,
                        0));
        assertThat(pipeline.about()).containsKeys("pipeline", "features", "label", "event-format", "label-format");
    }

    @Test
    void logisticWithTheLabelInTheEvent() {
        Pipeline pipeline = load("logistic.yaml");
        assertThat(pipeline.labelInEvent()).isTrue();
        assertThat(pipeline.events().format()).isEqualTo(new JsonFormat());
        assertThat(pipeline.events().id()).isEqualTo(Input.ORIGIN);
        assertThat(pipeline.events().time()).isEqualTo(Input.RECORD_TIMESTAMP);
        assertThat(pipeline.labels().rule()).isEqualTo(new LabelRule.Flag(4));
        assertThat(pipeline.events().fields().get(4)).isEqualTo(new Field("clicked", FieldType.BOOLEAN));
        assertThat(pipeline.outputs().topics().names()).containsExactly("clicks-predictions", "clicks-dead-letters");
    }

    @Test
    void goesToTheClusterWhole() throws Exception {
        Pipeline pipeline = load("flights.yaml");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(pipeline);
        Pipeline copy = (Pipeline) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(copy.model()).isEqualTo(pipeline.model());
        assertThat(copy.events()).isEqualTo(pipeline.events());
        assertThat(copy.features().inputs()).isEqualTo(pipeline.features().inputs());
        assertThat(copy.about()).isEqualTo(pipeline.about());
        assertThat(Learner.create(copy.model()).layout())
                .isEqualTo(copy.features().layout());
    }

    @Test
    void allShortFormsAndKeys(@TempDir Path temp) {
        PipelineFolder folder = new PipelineFolder(temp);
        Pipeline pipeline = folder.load("""
                name: all
                kafka: {bootstrap.servers: "a:1"}
                input:
                  topic: [in-1, in-2]
                  format: {csv: [a, b, c, t, label], delimiter: ";"}
                  id: record-key
                  time: t
                  out-of-orderness: 5s
                  max-ahead: 2h
                  idle-after: 10s
                  start-offsets: in-1-0:5,in-2-0:7
                  bounded: true
                features:
                  - {kind: numeric, of: [a], missing: indicator}
                  - categorical: {of: b, buckets: 2^8}
                  - categorical: c
                label: {field: label, classes: [no, yes]}
                task: binary
                model: mlp
                optimizer: {type: adam, learning-rate: 0.001}
                schedule: {type: warmup, steps: 10}
                clipping: {norm: 1}
                regularisation: {l2: 0.001}
                batch-size: 8
                seed: 7
                output:
                  predictions: p
                  snapshots: s
                  metrics: m
                  dead-letters: d
                  transactional-id-prefix: mine
                delivery: at-least-once
                checkpoint-interval: 30s
                profile: latency
                parallelism: {score: 4}
                start-from: topic
                wait-for-model: 10s
                replay: {delay: 100}
                """, Map.of());
        assertThat(pipeline.events().topics()).containsExactly("in-1", "in-2");
        assertThat(pipeline.events().id()).isEqualTo(Input.RECORD_KEY);
        assertThat(pipeline.events().startOffsets())
                .isEqualTo(new StartOffsets.Specific(Map.of("in-1-0", 5L, "in-2-0", 7L)));
        assertThat(pipeline.events().maxAheadMillis()).isEqualTo(7_200_000);
        assertThat(pipeline.events().bounded()).isTrue();
        assertThat(pipeline.features().numberNames()).containsExactly("a", "a-missing");
        assertThat(pipeline.labels().rule()).isInstanceOf(LabelRule.ClassName.class);
        assertThat(pipeline.outputs().snapshotSteps()).isEqualTo(1000);
        assertThat(pipeline.outputs().window()).isEqualTo(10_000);
        assertThat(pipeline.model().seed()).isEqualTo(7);
        assertThat(pipeline.model().clipping().norm()).isEqualTo(1);
        assertThat(pipeline.running().checkpointMillis()).isEqualTo(30_000);
        assertThat(pipeline.outputs().transactionalIdPrefix()).isEqualTo("mine");
        assertThat(pipeline.running().profile()).isEqualTo(ClientProfile.LATENCY);
        assertThat(pipeline.running().parallelism().score()).isEqualTo(4);
        assertThat(pipeline.startFrom()).isEqualTo(new StartFrom.Topic());
        assertThat(pipeline.running().waitForModelMillis()).isEqualTo(10_000);
        assertThat(pipeline.replay()).isEqualTo(Replay.afterEvents(100));
    }

    @Test
    void anotherPipelineMeansAnotherModel(@TempDir Path temp) {
        PipelineFolder folder = new PipelineFolder(temp);
        Pipeline here = folder.load(PipelineFolder.example("flights.yaml"), Map.of());
        assertThat(here.difference(here.about())).isEmpty();
        assertThat(here.difference(Map.of())).isEmpty();
        Pipeline there = folder.load(
                PipelineFolder.example(
                        "flights.yaml", "[origin, destination], buckets", "[destination, origin], buckets"),
                Map.of());
        assertThat(here.model().hash()).isNotEqualTo(there.model().hash());
        assertThat(here.difference(there.about()))
                .contains("features[2].of[0] is \"origin\" here, and was \"destination\" for the model");
        Pipeline threshold =
                folder.load(PipelineFolder.example("flights.yaml", "threshold: 15", "threshold: 30"), Map.of());
        assertThat(threshold.model().hash()).isEqualTo(here.model().hash());
        assertThat(threshold.difference(here.about()))
                .contains("label.threshold is 30.0 here, and was 15.0 for the model");
    }

    @Test
    void startsFromASnapshotThatFits(@TempDir Path temp) throws Exception {
        PipelineFolder folder = new PipelineFolder(temp);
        String from = "task: binary\nstart-from: model.safetensors";
        Pipeline here = folder.load(PipelineFolder.example("flights.yaml"), Map.of());
        byte[] snapshot = Learner.create(here.model()).snapshot(here.about());
        Files.write(temp.resolve("model.safetensors"), snapshot);
        Pipeline next = folder.load(PipelineFolder.example("flights.yaml", "task: binary", from), Map.of());
        assertThat(next.startFrom())
                .isInstanceOfSatisfying(
                        StartFrom.Snapshot.class,
                        start -> assertThat(start.bytes()).isEqualTo(snapshot));
        assertThat(folder.problems(
                        PipelineFolder.example("flights.yaml", "task: binary", from, "threshold: 15", "threshold: 16")))
                .containsExactly("p.yaml:26: start-from: the model in model.safetensors is another: label.threshold is"
                        + " 16.0 here, and was 15.0 for the model");
        assertThat(folder.problems(
                        PipelineFolder.example("flights.yaml", "task: binary", from, "[64, 32]", "[64, 33]")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:26: start-from: model.safetensors cannot be gone on from: ")
                .contains("33");
        try (RandomAccessFile huge =
                new RandomAccessFile(temp.resolve("model.safetensors").toFile(), "rw")) {
            huge.setLength((1L << 30) + 1);
        }
        assertThat(folder.problems(PipelineFolder.example("flights.yaml", "task: binary", from)))
                .containsExactly("p.yaml:26: start-from: model.safetensors has 1073741825 bytes; at most 1073741824 are"
                        + " read from a file");
    }

    @Test
    void aSnapshotWhoseMetadataIsDamagedIsNamed(@TempDir Path temp) throws Exception {
        PipelineFolder folder = new PipelineFolder(temp);
        Pipeline here = folder.load(PipelineFolder.example("flights.yaml"), Map.of());
        Files.write(
                temp.resolve("model.safetensors"), Learner.create(here.model()).snapshot(Map.of("features", "[{\"k")));
        assertThat(folder.flights("task: binary", "task: binary\nstart-from: model.safetensors"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:26: start-from: model.safetensors cannot be gone on from: metadata 'features' is no"
                        + " JSON at byte ");
    }

    @Test
    void aFolderIsNoFile(@TempDir Path temp) {
        PipelineFolder folder = new PipelineFolder(temp);
        assertThat(folder.flights("task: binary", "task: binary\nstart-from: ."))
                .containsExactly("p.yaml:26: start-from: . is a folder; a file was wanted");
    }
}
