package io.gradstream.benchmarks.endtoend;

import com.sun.management.OperatingSystemMXBean;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.MainJob;
import io.gradstream.pipeline.jobs.ScoringJob;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The Flink process of a measurement: runs one side over the large input to warm up, then over the small input, and over the
 * large one again, and prints what that took more than the small one.
 */
final class JobProcess {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Side side;
    private final boolean identityExactlyOnce;

    private JobProcess(Side side, boolean identityExactlyOnce) {
        this.side = side;
        this.identityExactlyOnce = identityExactlyOnce;
    }

    /**
     * Arguments: the side, whether the identity job is exactly-once, three pipeline files (to warm up, small, large), and
     * how many records the large input has more than the small one.
     */
    public static void main(String[] arguments) throws Exception {
        JobProcess process = new JobProcess(Side.valueOf(arguments[0]), Boolean.parseBoolean(arguments[1]));
        process.run(Path.of(arguments[2]));
        Cost small = process.run(Path.of(arguments[3]));
        Cost large = process.run(Path.of(arguments[4]));
        long records = Long.parseLong(arguments[5]);
        System.out.println(new Measurement(records, large.wall - small.wall, large.cpu - small.cpu).line());
        System.exit(0);
    }

    private record Cost(long wall, long cpu) {}

    private Cost run(Path file) throws Exception {
        Configuration configuration = configuration();
        // The other kind of storage holds at most 5 MB of state.
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                file.resolveSibling("checkpoints").toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        build(env, PipelineFile.load(file).pipeline(), side, identityExactlyOnce, true);
        long wall = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        env.execute();
        return new Cost(System.nanoTime() - wall, SYSTEM.getProcessCpuTime() - cpu);
    }

    static void build(
            StreamExecutionEnvironment env, Pipeline pipeline, Side side, boolean exactlyOnce, boolean bounded) {
        switch (side) {
            case IDENTITY -> {
                env.getConfig().enableObjectReuse();
                Identity.build(
                        env,
                        pipeline.kafka(),
                        Cases.topics(pipeline),
                        pipeline.outputs().predictions() + "-identity",
                        exactlyOnce,
                        !bounded,
                        bounded);
            }
            case LEARN -> MainJob.build(env, pipeline);
            case SCORE -> ScoringJob.build(env, pipeline);
        }
    }

    static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofSeconds(2));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT_ENABLED, true);
        return configuration;
    }
}
