package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingEncoder;
import io.gradstream.connectors.records.SnapshotChunk;
import io.gradstream.connectors.records.SnapshotChunks;
import io.gradstream.connectors.records.SnapshotManifest;
import io.gradstream.model.Learner;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code inspect} of a pipeline: the newest snapshot in its topic. */
class InspectTopicTest {
    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void theNewestSnapshotIsShownAndSaved(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        String topic = kafka.create("snapshots");
        Path file = pipeline(broker, ", snapshots: {topic: " + topic + ", every: 10 steps}");
        Path saved = folder.resolve("saved.safetensors");
        assertThat(terminal.run("inspect", file.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.err())
                .isEqualTo(
                        "Snapshots topic '" + topic
                                + "' holds no snapshot of model 'sensors' yet. Is its job running, and has it made enough steps?\n");
        Pipeline pipeline = PipelineFile.load(file).pipeline();
        Learner learner = Learner.create(pipeline.model());
        publish(kafka, topic, pipeline, learner);
        for (int i = 0; i < pipeline.model().batchSize(); i++) {
            learner.learn(new float[] {i}, 0, new int[0], 0, i % 2, 1);
        }
        byte[] newest = publish(kafka, topic, pipeline, learner);
        assertThat(terminal.run("inspect", file.toString(), "--save", saved.toString()))
                .isZero();
        assertThat(terminal.out()).containsPattern("version \\(steps\\) +1\n").contains(learner.lineage());
        assertThat(saved).hasBinaryContent(newest);
    }

    /** Named by another way, too. */
    @Test
    void thePipelinesFileIsNotWrittenOver(EmbeddedBroker broker) throws Exception {
        Path file = pipeline(broker, ", snapshots: {topic: models, every: 10 steps}");
        String before = Files.readString(file);
        Path link = Files.createSymbolicLink(folder.resolve("link.safetensors"), file);
        for (Path save : List.of(file, link)) {
            assertThat(terminal.run("inspect", file.toString(), "--save", save.toString()))
                    .isEqualTo(CommandLine.ExitCode.USAGE);
            assertThat(terminal.err()).startsWith("--save would write over the pipeline's file " + file);
            terminal.clear();
        }
        assertThat(file).hasContent(before);
    }

    /** What is written first is a link to a disk that is always full. */
    @Test
    void aSaveThatFailsLeavesWhatWasSavedBefore(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full here");
        String topic = kafka.create("snapshots");
        Path file = pipeline(broker, ", snapshots: {topic: " + topic + ", every: 10 steps}");
        Pipeline pipeline = PipelineFile.load(file).pipeline();
        publish(kafka, topic, pipeline, Learner.create(pipeline.model()));
        Path saved = Files.writeString(folder.resolve("saved.safetensors"), "before");
        Path part = folder.resolve("saved.safetensors.part");
        Files.createSymbolicLink(part, full);
        assertThat(terminal.run("inspect", file.toString(), "--save", saved.toString()))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(saved).hasContent("before");
        assertThat(part).as("half of the new").doesNotExist();
    }

    @Test
    void whatPublishesNothingIsSaid(EmbeddedBroker broker) throws Exception {
        Path file = pipeline(broker, "");
        assertThat(terminal.run("inspect", file.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err()).endsWith("output.snapshots: is not there, so its job publishes no snapshots\n");
        assertThat(terminal.run("inspect", "model.safetensors", "--save", "x")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err())
                .contains("--save is for a snapshot of a topic: name the pipeline's .yaml, not model");
    }

    private static byte[] publish(TestTopics kafka, String topic, Pipeline pipeline, Learner learner) {
        byte[] bytes = learner.snapshot(pipeline.about());
        OutgoingEncoder encoder = new OutgoingEncoder();
        kafka.write(
                SnapshotChunks.split(
                                pipeline.name(), learner.lineage(), learner.steps(), "hash", 0, pipeline.about(), bytes)
                        .stream()
                        .map(part -> new ProducerRecord<>(topic, 0, key(part), encoder.encode(part)))
                        .toList());
        return bytes;
    }

    private static byte[] key(Outgoing part) {
        return part instanceof SnapshotChunk chunk
                ? SnapshotChunks.key(chunk)
                : SnapshotChunks.key((SnapshotManifest) part);
    }

    private Path pipeline(EmbeddedBroker broker, String snapshots) throws IOException {
        return Files.writeString(folder.resolve("p.yaml"), """
                name: sensors
                kafka: {bootstrap.servers: "%s"}
                input: {topic: sensors, format: json}
                features: [{numeric: heat}]
                label: {field: failed}
                task: binary
                output: {predictions: scores, dead-letters: dead%s}
                """.formatted(broker.bootstrap(), snapshots));
    }
}
