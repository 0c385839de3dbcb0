package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.AvroRecords;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.cli.LocalJob.Ended;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs on this machine: how much state they hold, and what is left for the next. */
@Timeout(120)
class LocalRunTest {
    private static final int N = 1000;
    private static final int PIXELS = 40 * 40;

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension();

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    /** More waits than the 5 MiB that a JobManager's memory takes of one operator, so nothing would ever be committed. */
    @Test
    void stateOfManyMegabytesIsCheckpointedAndGoneOnFrom(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        String pixels = pixels();
        String[] images = new String[N];
        for (int i = 0; i < N; i++) {
            images[i] = "{\"id\":\"i" + i + "\",\"at\":" + at(i) + ",\"pixels\":[" + pixels + "]}";
        }
        String events = kafka.create("images", 1);
        String labels = kafka.create("verdicts", 1);
        String predictions = kafka.create("predictions", 1);
        LocalJob job = new LocalJob(pipeline(broker, events, labels, predictions), folder.resolve("kept"));
        kafka.write(events, images);

        CompletableFuture<Ended> first = job.start("run");
        assertThat(predictions(kafka.await(predictions, N))).hasSize(N);
        Ended ended = LocalJob.stop(flink, first);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said())
                .contains("Checkpoints go to " + folder.resolve("kept").toRealPath());

        // What waits in the first run's state is learned in the second, which scores nothing again.
        String[] verdicts = new String[N];
        for (int i = 0; i < N; i++) {
            verdicts[i] = "{\"id\":\"i" + i + "\",\"at\":" + at(N + i) + ",\"cat\":" + i % 2 + "}";
        }
        kafka.write(labels, verdicts);
        CompletableFuture<Ended> second = job.start("run");
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> kafka.read("m-" + predictions).size() >= N / 100);
        kafka.write(events, "{\"id\":\"last\",\"at\":" + at(3 * N) + ",\"pixels\":[" + pixels + "]}");
        List<Prediction> all = predictions(kafka.await(predictions, N + 1));
        Ended again = LocalJob.stop(flink, second);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.said())
                .contains("Goes on from checkpoint " + folder.resolve("kept").toRealPath());
        assertThat(all).extracting(Prediction::id).doesNotHaveDuplicates().hasSize(N + 1);
        assertThat(all.get(N).version()).isEqualTo(N / 50);
    }

    @Test
    void aSecondRunOfAFolderIsRefused() throws Exception {
        try (CheckpointFolder held = new CheckpointFolder(folder);
                LocalRun second = LocalRun.checkpointing(folder)) {
            held.lock();
            assertThat(second.environment().getCheckpointConfig().isCheckpointingEnabled())
                    .isTrue();
            assertThatThrownBy(() -> second.begin(new PrintWriter(err), false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another run has the checkpoints in " + folder)
                    .hasMessageContaining("--checkpoints");
        }
    }

    @Test
    void thatTheEndOfABoundedInputKeepsNoCheckpointIsSaid() throws IOException {
        for (boolean bounded : new boolean[] {false, true}) {
            err.getBuffer().setLength(0);
            try (LocalRun run = LocalRun.checkpointing(folder)) {
                run.begin(new PrintWriter(err), bounded);
            }
            assertThat(err.toString().contains("come to its end keeps no checkpoint"))
                    .isEqualTo(bounded);
        }
    }

    @Test
    void theNewestCheckpointIsTheOneCompletedLast() throws IOException {
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        assertThat(checkpoints.newest()).isEmpty();
        metadata("b/chk-7", 2000);
        metadata("a/chk-9", 3000);
        metadata("a/chk-10", 3000);
        Files.createDirectories(folder.resolve("c/chk-11"));
        assertThat(checkpoints.newest()).contains(folder.resolve("a/chk-10"));
    }

    private void metadata(String checkpoint, long completed) throws IOException {
        Path file = Files.createDirectories(folder.resolve(checkpoint)).resolve("_metadata");
        Files.createFile(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(completed));
    }

    private Path pipeline(EmbeddedBroker broker, String events, String labels, String predictions) throws IOException {
        return Files.writeString(folder.resolve("cats.yaml"), """
                name: cats
                kafka: {bootstrap.servers: "%s"}
                input: {topic: %s, format: json, id: id, time: at, start-offsets: earliest}
                features: [{image: pixels, height: 40, width: 40}]
                label: {topic: %s, field: cat, id: id, time: at, wait: 1h}
                task: binary
                model: {preset: cnn, channels: [2]}
                batch-size: 50
                warm-up: 0s
                checkpoint-interval: 500ms
                output: {predictions: %s, snapshots: s-%s, metrics: {topic: m-%s, window: 100}, dead-letters: d-%s}
                """.formatted(
                        broker.bootstrap(), events, labels, predictions, predictions, predictions, predictions));
    }

    private static String pixels() {
        StringJoiner numbers = new StringJoiner(",");
        for (int i = 0; i < PIXELS; i++) {
            numbers.add(Integer.toString(i % 7));
        }
        return numbers.toString();
    }

    private static long at(int i) {
        return 1_700_000_000_000L + 10L * i;
    }

    private static List<Prediction> predictions(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        List<Prediction> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            read.add(AvroRecords.prediction(record.value()));
        }
        return read;
    }
}
