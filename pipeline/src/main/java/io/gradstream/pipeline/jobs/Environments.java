package io.gradstream.pipeline.jobs;

import io.gradstream.connectors.kafka.ClientProfile;
import io.gradstream.pipeline.config.Pipeline;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What every job sets for itself, because its results or its state depend on it. All else belongs to Flink's configuration. */
final class Environments {

    /** Never changed: key groups are part of every checkpoint. */
    private static final int MAX_PARALLELISM = 128;

    private static final Duration LEAST_WAIT = Duration.ofMillis(1);

    private Environments() {}

    static void prepare(StreamExecutionEnvironment env, Pipeline pipeline) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.NAME, pipeline.name());
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        if (pipeline.running().profile() == ClientProfile.LATENCY) {
            // Flink's 100 ms are how long a row may wait to cross to the operator that joins it with its label.
            configuration.set(ExecutionOptions.BUFFER_TIMEOUT, LEAST_WAIT);
        }
        env.configure(configuration, Environments.class.getClassLoader());
        env.setMaxParallelism(MAX_PARALLELISM);
        if (pipeline.running().checkpointMillis() > 0) {
            env.enableCheckpointing(pipeline.running().checkpointMillis());
        }
    }
}
