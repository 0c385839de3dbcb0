package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.MainJob;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Input that is no longer there ends a job's attempt and is named; it is not passed over. Its time is spent on the newer JDK only. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(120)
class InputGoneTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 2);

    private static final String NO_DISCOVERY = "partition.discovery.interval.ms: -1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final TestTopics kafka = GRADSTREAM.topics();
    private final String events = kafka.create("in", 1);
    private final String predictions = kafka.create("out", 1);

    /** Retention has taken them while the job was down. */
    @Test
    void recordsBehindASavepoint() throws Exception {
        String savepoint = stoppedAfter100();
        kafka.write(events, LocalJob.events(100, 200));
        try (Admin admin = Admin.create(kafka.client())) {
            admin.deleteRecords(Map.of(new TopicPartition(events, 0), RecordsToDelete.beforeOffset(150)))
                    .all()
                    .get();
        }
        assertThat(ends(start(savepoint, NO_DISCOVERY)))
                .contains("out of range")
                .contains(events + "-0");
        assertThat(kafka.readUncommitted(predictions)).hasSize(100);
    }

    @Test
    void aTopic() throws Exception {
        JobClient job = start(null, "partition.discovery.interval.ms: 200");
        kafka.write(events, LocalJob.events(0, 100));
        kafka.await(predictions, 100);
        try (Admin admin = Admin.create(kafka.client())) {
            admin.deleteTopics(List.of(events)).all().get();
        }
        assertThat(ends(job))
                .contains("Failed to get metadata for topics [" + events + "]")
                .doesNotContain("out of range");
    }

    /** Made again with fewer records than were read, and nobody looks for topics in between. */
    @Test
    void aTopicThatIsMadeAgain() throws Exception {
        JobClient job = start(null, NO_DISCOVERY);
        kafka.write(events, LocalJob.events(0, 100));
        kafka.await(predictions, 100);
        makeAgain();
        kafka.write(events, LocalJob.events(0, 50));
        assertThat(ends(job)).contains("out of range").contains(events + "-0").doesNotContain("Failed to get metadata");
    }

    /**
     * Made again with more records than were read, while the job was down: its next offset is there, and is of another record. No restart
     * would change that.
     */
    @Test
    void aTopicThatIsMadeAgainAndFilled() throws Exception {
        String savepoint = stoppedAfter100();
        makeAgain();
        kafka.write(events, LocalJob.events(0, 200));
        assertThat(failure(start(savepoint, NO_DISCOVERY, "fixed-delay")))
                .hasStackTraceContaining("The failure is not recoverable")
                .hasStackTraceContaining(
                        "Topic '" + events + "' is not the one that this job has read: it was deleted and made again");
    }

    /** The savepoint of a job that has read 100 records. */
    private String stoppedAfter100() throws Exception {
        JobClient job = start(null, NO_DISCOVERY);
        kafka.write(events, LocalJob.events(0, 100));
        kafka.await(predictions, 100);
        return job.stopWithSavepoint(
                        false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void makeAgain() throws Exception {
        try (Admin admin = Admin.create(kafka.client())) {
            admin.deleteTopics(List.of(events)).all().get();
            while (admin.listTopics().names().get().contains(events)) {
                Thread.onSpinWait();
            }
        }
        GRADSTREAM.broker().createTopic(events, 1);
    }

    private static String ends(JobClient job) {
        return Failures.text(failure(job));
    }

    private static Exception failure(JobClient job) {
        return catchThrowableOfType(
                Exception.class, () -> job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private JobClient start(String savepoint, String client) throws Exception {
        return start(savepoint, client, "none");
    }

    private JobClient start(String savepoint, String client, String restarts) throws Exception {
        Path file = LocalJob.views(folder, GRADSTREAM.broker(), kafka, events, predictions, "");
        String more = Files.readString(file).replace("kafka: {", "kafka: {" + client + ", ");
        Pipeline pipeline = PipelineFile.load(Files.writeString(file, more)).pipeline();
        Configuration settings = new Configuration();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, restarts);
        if (savepoint != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        MainJob.build(env, pipeline);
        return env.executeAsync();
    }
}
