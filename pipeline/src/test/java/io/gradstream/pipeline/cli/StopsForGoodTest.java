package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.pipeline.cli.LocalJob.Ended;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What no restart mends ends the job, under Flink's usual restarts, with one line for the user. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class StopsForGoodTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 2);

    @TempDir
    Path folder;

    @Test
    void noModelForAScoringJob(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        endsWith(
                job(broker, kafka, "wait-for-model: 3s").run("score"),
                "no model 'views' came within wait-for-model = 3000 ms");
    }

    @Test
    void noSnapshotInTheTopicToStartFrom(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        endsWith(job(broker, kafka, "start-from: topic").run("run"), "start-from is 'topic', but topic ");
    }

    /** Beside where the checkpoints are, one line. */
    private void endsWith(Ended ended, String reason) {
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said().lines())
                .satisfiesExactly(
                        begin -> assertThat(begin).startsWith("Checkpoints go to " + folder),
                        end -> assertThat(end).startsWith(reason));
    }

    private LocalJob job(EmbeddedBroker broker, TestTopics kafka, String more) throws IOException {
        Path file = LocalJob.views(folder, broker, kafka, kafka.create("in"), kafka.create("out"), more);
        return new LocalJob(file, folder.resolve("checkpoints"));
    }
}
