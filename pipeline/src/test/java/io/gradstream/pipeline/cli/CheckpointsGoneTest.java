package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradstream.connectors.records.AvroRecords;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.MainJob;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A place for checkpoints that goes away: a file is there instead of a folder, so that neither the user root nor any other can write there. */
@Timeout(120)
class CheckpointsGoneTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final TestTopics kafka = GRADSTREAM.topics();
    private final MiniCluster flink = GRADSTREAM.flink();
    private final String events = kafka.create("in", 1);
    private final String predictions = kafka.create("out", 1);
    private Path checkpoints;
    private Path disk;
    private CompletableFuture<Exception> run;

    /** What is read meanwhile becomes visible with the first checkpoint that is written again, and once. An empty place will do. */
    @Test
    void theJobGoesOnWhenItIsThereAgain() throws Exception {
        start(1000);
        leadTo(Files.createFile(folder.resolve("file")));
        kafka.write(events, LocalJob.events(100, 200));
        long failed = counts().getNumberOfFailedCheckpoints();
        await("failed checkpoints", () -> counts().getNumberOfFailedCheckpoints() >= failed + 3);
        assertThat(kafka.read(predictions)).hasSize(100);
        leadTo(disk);
        kafka.await(predictions, 200);

        leadTo(Files.createDirectory(folder.resolve("empty")));
        kafka.write(events, LocalJob.events(200, 300));
        assertThat(ids(kafka.await(predictions, 300)))
                .containsExactlyElementsOf(IntStream.range(0, 300)
                        .mapToObj(i -> events + "-0-" + i)
                        .toList());
        assertThat(counts().getNumberOfRestoredCheckpoints()).as("restarts").isZero();
    }

    @Test
    void aJobWhoseCheckpointsFailForTooLongEndsAndSaysWhy() throws Exception {
        start(2);
        leadTo(Files.createFile(folder.resolve("file")));
        Exception failure = run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(Failures.text(failure))
                .isEqualTo("Too many checkpoints in a row have failed, so the job has ended; the latest: An Exception"
                        + " occurred while triggering the checkpoint. IO-problem detected. Is the folder of the"
                        + " checkpoints there, can it be written, and is its disk not full? The log says more.");
        assertThat(kafka.read(predictions)).hasSize(100);
    }

    private void start(int tolerated) throws Exception {
        checkpoints = folder.resolve("kept");
        disk = Files.createDirectory(folder.resolve("disk"));
        leadTo(disk);
        Pipeline pipeline = PipelineFile.load(
                        LocalJob.views(folder, GRADSTREAM.broker(), kafka, events, predictions, ""))
                .pipeline();
        StreamExecutionEnvironment env = environment(tolerated);
        MainJob.build(env, pipeline);
        kafka.write(events, LocalJob.events(0, 100));
        run = CompletableFuture.supplyAsync(() -> catchThrowableOfType(Exception.class, env::execute));
        kafka.await(predictions, 100);
    }

    /** The folder is a link, so that it is another one from one moment to the next. */
    private void leadTo(Path place) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), place);
        Files.move(link, checkpoints, StandardCopyOption.ATOMIC_MOVE);
    }

    private CheckpointStatsCounts counts() throws Exception {
        JobID job = flink.listJobs().get().stream()
                .filter(each -> !each.getJobState().isGloballyTerminalState())
                .findFirst()
                .orElseThrow()
                .getJobId();
        return flink.getExecutionGraph(job).get().getCheckpointStatsSnapshot().getCounts();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    private static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(each -> {
                    try {
                        return AvroRecords.prediction(each.value()).id();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private StreamExecutionEnvironment environment(int tolerated) {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, tolerated);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return StreamExecutionEnvironment.getExecutionEnvironment(settings);
    }
}
