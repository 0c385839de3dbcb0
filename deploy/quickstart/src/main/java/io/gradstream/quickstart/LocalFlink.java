package io.gradstream.quickstart;

import io.gradstream.quickstart.watch.JobMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A MiniCluster with its web UI on loopback, all its files in one folder, and the one job it runs. */
final class LocalFlink implements AutoCloseable {
    private final MiniCluster cluster;
    private final Path folder;
    private final Duration checkpoints;
    private JobID job;
    private CompletableFuture<JobResult> result;

    private LocalFlink(MiniCluster cluster, Path folder, Duration checkpoints) {
        this.cluster = cluster;
        this.folder = folder;
        this.checkpoints = checkpoints;
    }

    /**
     * Starts it; {@code folder} is there already.
     *
     * @param checkpoints how often outputs are committed, and so can be seen
     */
    static LocalFlink start(Path folder, Duration checkpoints) throws Exception {
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration(folder, checkpoints))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
        cluster.start();
        return new LocalFlink(cluster, folder, checkpoints);
    }

    private static Configuration configuration(Path folder, Duration checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        configuration.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(WebOptions.CANCEL_ENABLE, false);
        configuration.set(WebOptions.TMP_DIR, folder.toString());
        configuration.set(CoreOptions.TMP_DIRS, folder.toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
        // A failure is shown, not retried: this is where a newcomer would look for its reason in vain.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.setString("metrics.reporters", "panel");
        configuration.setString("metrics.reporter.panel.factory.class", JobMetrics.class.getName());
        return configuration;
    }

    /** Where the web UI is. */
    String web() {
        return cluster.getRestAddress().join().toString();
    }

    /** An environment to build the job in. */
    StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration(folder, checkpoints));
    }

    /** Submits what was built. */
    void submit(StreamExecutionEnvironment environment) {
        job = cluster.submitJob(environment.getStreamGraph().getJobGraph())
                .join()
                .getJobID();
        result = cluster.requestJobResult(job);
    }

    /** Whether every task runs. */
    boolean isUp() {
        failIfEnded();
        AccessExecutionGraph graph = cluster.getExecutionGraph(job).join();
        if (graph.getState() != JobStatus.RUNNING) {
            return false;
        }
        for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /**
     * To be called now and then.
     *
     * @throws IllegalStateException with the reason if the job has failed
     */
    void failIfEnded() {
        if (result.isDone()) {
            JobResult ended = result.join();
            throw new IllegalStateException(
                    "the job has ended: " + ended.getJobStatus().map(Enum::name).orElse("unknown"),
                    ended.getSerializedThrowable().orElse(null));
        }
    }

    /** Ends the input where it is, lets everything through, commits it, and waits for the job's end. */
    void drain(Duration patience) throws Exception {
        cluster.stopWithSavepoint(
                        job, folder.resolve("savepoint").toUri().toString(), true, SavepointFormatType.CANONICAL)
                .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        result.get(patience.toMillis(), TimeUnit.MILLISECONDS).toJobExecutionResult(LocalFlink.class.getClassLoader());
    }

    @Override
    public void close() throws Exception {
        cluster.closeAsync().get(1, TimeUnit.MINUTES);
    }
}
