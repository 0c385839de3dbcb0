package io.gradstream.pipeline.cli;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a job runs: on the cluster that Flink's client was started for, else in this process, with its web UI on loopback and with
 * checkpoints, since without them nothing is ever committed.
 */
final class LocalRun {
    private static final Duration CHECKPOINTS = Duration.ofSeconds(10);

    private LocalRun() {}

    /** The environment, with defaults that count only when it is a local one. */
    static StreamExecutionEnvironment environment() {
        Configuration local = new Configuration();
        if (Thread.currentThread().getContextClassLoader() == LocalRun.class.getClassLoader()) {
            local.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
            local.set(RestOptions.ADDRESS, "127.0.0.1");
            local.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
            local.set(RestOptions.BIND_PORT, "8081-8181");
            local.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
            local.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
            local.set(WebOptions.SUBMIT_ENABLE, false);
        }
        return StreamExecutionEnvironment.getExecutionEnvironment(local);
    }
}
