package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.pipeline.cli.LocalJob.Ended;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
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
        LocalJob job = new LocalJob(LocalJob.views(folder, broker, kafka, events, predictions, ""), checkpoints());
        kafka.write(events, LocalJob.events(0, 100));
        CompletableFuture<Ended> first = job.start("run");
        kafka.await(predictions, 100);
        assertThat(LocalJob.stop(flink, first).said()).startsWith("Checkpoints go to ");

        Path state = learnersState();
        byte[] written = Files.readAllBytes(state);
        int frame = frame(written);
        int payload = ByteBuffer.wrap(written).getInt(frame + 20);
        for (int at : new int[] {HEADER - 1, HEADER + 1, HEADER + payload / 2, HEADER + payload - 1}) {
            byte[] damaged = written.clone();
            damaged[frame + at] ^= 4;
            Files.write(state, damaged);
            assertThat(job.run("run").said().lines())
                    .as("byte %d", at)
                    .last()
                    .isEqualTo("the checkpoint's state of learner 0 is damaged: its checksum differs");
        }
        assertThat(kafka.read(predictions)).as("nothing began anew").hasSize(100);

        Files.write(state, written);
        kafka.write(events, LocalJob.events(100, 200));
        CompletableFuture<Ended> healed = job.start("run");
        kafka.await(predictions, 200);
        assertThat(LocalJob.stop(flink, healed).said()).startsWith("Goes on from checkpoint ");
        assertThat(kafka.read(predictions)).hasSize(200);
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
}
