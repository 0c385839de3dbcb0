package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradstream.connectors.kafka.KafkaChecks.MayBeOpen;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.config.PipelineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is asked of Flink's configuration before a job starts. */
class FlinkStartTest {

    private static final String INTERVAL = "execution.checkpointing.interval";

    @TempDir
    Path folder;

    @Test
    void exactlyOnceNeedsCheckpointsFromSomewhere() throws Exception {
        assertThat(problems(pipeline(""), Map.of()))
                .singleElement()
                .asString()
                .startsWith("delivery is exactly-once, which needs checkpoints, and no interval is set:");
        assertThatCode(() -> check(pipeline(""), Map.of(INTERVAL, "10s"))).doesNotThrowAnyException();
        assertThatCode(() -> check(pipeline("checkpoint-interval: 10s"), Map.of()))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(pipeline("delivery: at-least-once"), Map.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void theIntervalOfFlinksConfigurationMustBeBelowTheTransactionTimeout() throws Exception {
        assertThat(problems(pipeline(""), Map.of(INTERVAL, "15min")))
                .containsExactly("a transaction stays open from one checkpoint to the next, so the checkpoint interval"
                        + " (900000 ms) must be well below kafka's transaction.timeout.ms (900000)");
        assertThatCode(() -> check(pipeline("checkpoint-interval: 10s"), Map.of(INTERVAL, "15min")))
                .as("the file's own interval counts")
                .doesNotThrowAnyException();
    }

    /** Where a JobManager that takes over starts the main class again, the job's own TaskManagers may still write. */
    @Test
    void aJobThatGoesOnFindsItsOwnTransactions() {
        Map<String, String> available = Map.of("high-availability.type", "kubernetes");
        Map<String, String> savepoint = Map.of("execution.state-recovery.path", "file:///chk-1");
        assertThat(mayBeOpen(Map.of())).isEqualTo(MayBeOpen.NONE);
        assertThat(mayBeOpen(savepoint)).isEqualTo(MayBeOpen.LEFT_BEHIND);
        assertThat(mayBeOpen(available)).as("from a client").isEqualTo(MayBeOpen.NONE);
        assertThat(mayBeOpen(Map.of("execution.target", "embedded"))).isEqualTo(MayBeOpen.NONE);
        for (String target : List.of("embedded", "kubernetes-application")) {
            Map<String, String> inCluster = new HashMap<>(available);
            inCluster.put("execution.target", target);
            assertThat(mayBeOpen(inCluster)).isEqualTo(MayBeOpen.ANY);
            inCluster.putAll(savepoint);
            assertThat(mayBeOpen(inCluster))
                    .as("it may be the second start from it")
                    .isEqualTo(MayBeOpen.ANY);
        }
    }

    @Test
    void openTransactionsAreWatchedForACheckpointInterval() {
        assertThat(KafkaStart.watch(2_000)).isEqualTo(Duration.ofSeconds(3));
        assertThat(KafkaStart.watch(600_000)).isEqualTo(Duration.ofSeconds(15));
    }

    private static MayBeOpen mayBeOpen(Map<String, String> flink) {
        return KafkaStart.mayBeOpen(Configuration.fromMap(flink));
    }

    /** A local run checkpoints every ten seconds. */
    @Test
    void runAsksBeforeItAsksKafka() throws Exception {
        pipeline("");
        Path file = folder.resolve("p.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "bootstrap.servers: \"a:1\"",
                                "bootstrap.servers: \"a:1\", transaction.timeout.ms: 5000"));
        Terminal terminal = new Terminal();
        assertThat(terminal.run("run", file.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(terminal.err().lines()).singleElement().asString().contains("(10000 ms)", "(5000)");
    }

    private Pipeline pipeline(String more) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: p
                kafka: {bootstrap.servers: "a:1"}
                input: {topic: in, format: json, time: t}
                features: [{numeric: [x]}]
                label: {field: y}
                task: binary
                output: {predictions: out, dead-letters: dead}
                """ + more);
        return PipelineFile.load(file).pipeline();
    }

    private static void check(Pipeline pipeline, Map<String, String> flink) {
        FlinkStart.check(pipeline, Configuration.fromMap(flink));
    }

    private static List<String> problems(Pipeline pipeline, Map<String, String> flink) {
        PipelineException problem = catchThrowableOfType(PipelineException.class, () -> check(pipeline, flink));
        return problem == null ? List.of() : problem.problems();
    }
}
