package io.gradstream.pipeline.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a job runs: on the cluster that Flink's client was started for, and then all is as its configuration says; else in this
 * process, with its web UI on loopback.
 *
 * <p>A job of Kafka's topics that runs here checkpoints into a folder, which outlives it: the next one goes on from the newest. A failed job
 * is restarted {@value #ATTEMPTS} times without 10 minutes of peace between, then it ends with its reason.
 */
final class LocalRun implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int TOLERATED_CHECKPOINTS = 6;
    private static final int ATTEMPTS = 5;

    /** Null on a cluster. */
    private final CheckpointFolder folder;

    private final Optional<Path> newest;

    private LocalRun(CheckpointFolder folder) throws IOException {
        this.folder = folder;
        newest = folder == null ? Optional.empty() : folder.newest();
    }

    /** A job that ends by itself and is begun anew when it fails: without checkpoints. */
    static StreamExecutionEnvironment once() {
        return StreamExecutionEnvironment.getExecutionEnvironment(isHere() ? loopback() : new Configuration());
    }

    /** A job that goes on from its newest checkpoint in a folder. Nothing is made or locked before {@link #begin}. */
    static LocalRun checkpointing(Path checkpoints) throws IOException {
        return new LocalRun(isHere() ? new CheckpointFolder(checkpoints) : null);
    }

    /** The environment, with settings that count only when it is a local one. */
    StreamExecutionEnvironment environment() {
        Configuration local = folder == null ? new Configuration() : loopback();
        if (folder != null) {
            checkpoints(local);
            restarts(local);
        }
        return StreamExecutionEnvironment.getExecutionEnvironment(local);
    }

    /**
     * Takes the folder for this run, and says where it is and what the job begins with.
     *
     * @param bounded whether the job comes to an end, of which Flink keeps no checkpoint
     */
    void begin(PrintWriter to, boolean bounded) throws IOException {
        if (folder == null) {
            return;
        }
        folder.lock();
        to.println(newest.map(from -> "Goes on from checkpoint " + from + "; to begin anew, name another folder with"
                        + " --checkpoints.")
                .orElse("Checkpoints go to " + folder + "; the next run goes on from the newest there."));
        if (bounded) {
            to.println(
                    "The input is bounded: a run that has come to its end keeps no checkpoint, and the next begins with the"
                            + " model of start-from.");
        }
        to.flush();
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }

    private void checkpoints(Configuration local) {
        local.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, INTERVAL);
        local.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        local.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.uri());
        local.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERATED_CHECKPOINTS);
        local.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        newest.ifPresent(from -> {
            local.set(StateRecoveryOptions.SAVEPOINT_PATH, from.toUri().toString());
            // The old run is over: what it left is this run's, and goes when a newer checkpoint is complete.
            local.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        });
    }

    private static void restarts(Configuration local) {
        local.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        local.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
        local.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        local.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        local.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(10));
        local.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, ATTEMPTS);
    }

    /** Whether jobs run in this process: Flink's client and its JobManager load the jar with a loader of their own. */
    static boolean isHere() {
        return Thread.currentThread().getContextClassLoader() == LocalRun.class.getClassLoader();
    }

    private static Configuration loopback() {
        Configuration local = new Configuration();
        local.set(RestOptions.ADDRESS, "127.0.0.1");
        local.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        local.set(RestOptions.BIND_PORT, "8081-8181");
        local.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        local.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        local.set(WebOptions.SUBMIT_ENABLE, false);
        return local;
    }
}
