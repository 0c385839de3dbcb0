package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Flink keeps no checksum of what it writes. That of the learner's state is ours, and finds a byte that turned on the disk. */
@Timeout(120)
class DamagedCheckpointTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 2);

    private static final byte[] FRAME = "GSF1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 56;

    @TempDir
    Path folder;

    @Test
    void aByteOfTheLearnersStateThatTurnedIsFound(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        String events = kafka.create("in", 1);
        String predictions = kafka.create("out", 1);
        Path file = pipeline(broker, kafka, events, predictions);
        kafka.write(events, views(0, 100));
        CompletableFuture<String> first = run(file);
        kafka.await(predictions, 100);
        stop(flink);
        assertThat(first.get(1, TimeUnit.MINUTES)).startsWith("Checkpoints go to ");

        Path state = learnersState();
        byte[] written = Files.readAllBytes(state);
        int frame = frame(written);
        int payload = ByteBuffer.wrap(written).getInt(frame + 20);
        for (int at : new int[] {HEADER - 1, HEADER + 1, HEADER + payload / 2, HEADER + payload - 1}) {
            byte[] damaged = written.clone();
            damaged[frame + at] ^= 4;
            Files.write(state, damaged);
            assertThat(run(file).get(1, TimeUnit.MINUTES).lines())
                    .as("byte %d", at)
                    .last()
                    .isEqualTo("the checkpoint's state of learner 0 is damaged: its checksum differs");
        }
        assertThat(kafka.read(predictions)).as("nothing began anew").hasSize(100);

        Files.write(state, written);
        kafka.write(events, views(100, 200));
        CompletableFuture<String> healed = run(file);
        kafka.await(predictions, 200);
        stop(flink);
        assertThat(healed.get(1, TimeUnit.MINUTES)).startsWith("Goes on from checkpoint ");
        assertThat(kafka.read(predictions)).hasSize(200);
    }

    /** What was said until its end. */
    private CompletableFuture<String> run(Path file) {
        StringWriter err = new StringWriter();
        return CompletableFuture.supplyAsync(() -> {
            Gradstream.commandLine()
                    .setErr(new PrintWriter(err, true))
                    .execute(
                            "run",
                            file.toString(),
                            "--checkpoints",
                            checkpoints().toString());
            return err.toString();
        });
    }

    private static void stop(MiniCluster flink) throws Exception {
        flink.listJobs().get().stream()
                .filter(job -> !job.getJobState().isGloballyTerminalState())
                .forEach(job -> flink.cancelJob(job.getJobId()).join());
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> flink.listJobs().get().stream()
                        .allMatch(job -> job.getJobState().isGloballyTerminalState()));
    }

    /** The file of the newest checkpoint with the learner's frames: the metadata itself, since there is little of it. */
    private Path learnersState() throws IOException {
        Path newest = new CheckpointFolder(checkpoints()).newest().orElseThrow();
        try (Stream<Path> files = Files.walk(newest)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(each -> {
                        try {
                            return frame(Files.readAllBytes(each)) >= 0;
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static int frame(byte[] bytes) {
        return IntStream.range(0, bytes.length - HEADER)
                .filter(at -> ByteBuffer.wrap(bytes, at, FRAME.length).equals(ByteBuffer.wrap(FRAME)))
                .findFirst()
                .orElse(-1);
    }

    private Path checkpoints() {
        return folder.resolve("kept");
    }

    private static String[] views(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"t\":" + (1_700_000_000_000L + i) + ",\"x\":" + i % 7 + ",\"y\":" + i % 2 + "}")
                .toArray(String[]::new);
    }

    private Path pipeline(EmbeddedBroker broker, TestTopics kafka, String events, String predictions)
            throws IOException {
        return Files.writeString(folder.resolve("views.yaml"), """
                name: views
                kafka: {bootstrap.servers: "%s"}
                input: {topic: %s, format: json, time: t, start-offsets: earliest}
                features: [{numeric: [x]}]
                label: {field: y}
                task: binary
                warm-up: 0s
                checkpoint-interval: 200ms
                output:
                  predictions: %s
                  snapshots: {topic: %s, every: 10}
                  dead-letters: %s
                  transactional-id-prefix: %3$s
                """.formatted(
                        broker.bootstrap(),
                        events,
                        predictions,
                        kafka.create("models", 1, Map.of("cleanup.policy", "compact")),
                        kafka.create("dead", 1)));
    }
}
