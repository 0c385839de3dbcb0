package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What no restart mends ends the job, under Flink's usual restarts, with one line for the user. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class StopsForGoodTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 2);

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void noModelForAScoringJob(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        assertThat(run("score", file(broker, kafka, "wait-for-model: 1s"))).isEqualTo(1);
        endsWith("no model 'ends' came within wait-for-model = 1000 ms");
    }

    @Test
    void noSnapshotInTheTopicToStartFrom(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        assertThat(run("run", file(broker, kafka, "start-from: topic"))).isEqualTo(1);
        endsWith("start-from is 'topic', but topic ");
    }

    /** Beside where the checkpoints are, one line. */
    private void endsWith(String reason) {
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        begin -> assertThat(begin).startsWith("Checkpoints go to " + folder),
                        end -> assertThat(end).startsWith(reason));
    }

    private int run(String command, Path file) {
        CommandLine line = Gradstream.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line.execute(
                command,
                file.toString(),
                "--checkpoints",
                folder.resolve("checkpoints").toString());
    }

    private Path file(EmbeddedBroker broker, TestTopics kafka, String more) throws IOException {
        return Files.writeString(folder.resolve("ends.yaml"), """
                name: ends
                kafka: {bootstrap.servers: "%s"}
                input: {topic: %s, format: json, time: t}
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
                %s
                """.formatted(
                        broker.bootstrap(),
                        kafka.create("in", 1),
                        kafka.create("out", 1),
                        kafka.create("models", 1, java.util.Map.of("cleanup.policy", "compact")),
                        kafka.create("dead", 1),
                        more));
    }
}
