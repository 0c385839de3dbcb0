package io.gradstream.benchmarks.endtoend;

import com.sun.management.OperatingSystemMXBean;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.jobs.MainJob;
import io.gradstream.pipeline.jobs.ScoringJob;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The Flink process of a measurement: runs one side over the large input to warm up, as often as it is told, then over the small input, and over the
 * large one again. Prints the CPU time that the large one took more than the small one, which leaves start and end out, and the time from the
 * first to the last record that left: a bounded job waits for a checkpoint at its end.
 */
final class JobProcess {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int INPUTS_AT = 4;

    private final Side side;
    private final boolean identityExactlyOnce;

    private JobProcess(Side side, boolean identityExactlyOnce) {
        this.side = side;
        this.identityExactlyOnce = identityExactlyOnce;
    }

    /**
     * Arguments: the side, whether the identity job is exactly-once, how many records the small and the large input have, and pipeline files:
     * any number over the large input to warm up, one over the small, one over the large.
     */
    public static void main(String[] arguments) throws Exception {
        JobProcess process = new JobProcess(Side.valueOf(arguments[0]), Boolean.parseBoolean(arguments[1]));
        List<Path> files =
                Arrays.stream(arguments).skip(INPUTS_AT).map(Path::of).toList();
        int last = files.size() - 1;
        for (Path warmUp : files.subList(0, last - 1)) {
            process.run(warmUp);
        }
        long small = process.run(files.get(last - 1));
        long large = process.run(files.get(last));
        long records = Long.parseLong(arguments[3]);
        double cpu = (large - small) / 1e3 / (records - Long.parseLong(arguments[2]));
        System.out.println(new Measurement(records / process.seconds(files.get(last)), cpu).line());
        System.exit(0);
    }

    /** From the first to the last record of the topic that the side wrote. */
    private double seconds(Path file) throws IOException {
        Pipeline pipeline = PipelineFile.load(file).pipeline();
        return Topics.seconds(pipeline.kafka().get("bootstrap.servers"), out(pipeline, side));
    }

    private static String out(Pipeline pipeline, Side side) {
        return pipeline.outputs().predictions() + (side == Side.IDENTITY ? "-identity" : "");
    }

    /** CPU time of a run in ns. */
    private long run(Path file) throws Exception {
        Configuration configuration = configuration();
        // The other kind of storage holds at most 5 MB of state.
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                file.resolveSibling("checkpoints").toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        build(env, PipelineFile.load(file).pipeline(), side, identityExactlyOnce, true);
        long cpu = SYSTEM.getProcessCpuTime();
        env.execute();
        return SYSTEM.getProcessCpuTime() - cpu;
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
                        out(pipeline, side),
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
