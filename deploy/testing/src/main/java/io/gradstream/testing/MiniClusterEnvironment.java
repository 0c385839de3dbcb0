package io.gradstream.testing;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.util.MiniClusterPipelineExecutorServiceLoader;

/**
 * What {@code getExecutionEnvironment()} returns while a MiniCluster is there. Flink's own {@code TestStreamEnvironment}
 * does the same, but needs JUnit 4.
 */
@SuppressWarnings("try") // StreamExecutionEnvironment.close() may throw InterruptedException
final class MiniClusterEnvironment extends StreamExecutionEnvironment {
    private MiniClusterEnvironment(MiniCluster cluster, Configuration configuration) {
        super(
                new MiniClusterPipelineExecutorServiceLoader(cluster),
                MiniClusterPipelineExecutorServiceLoader.updateConfigurationForMiniCluster(
                        configuration, List.of(), List.of()),
                null);
    }

    /** From here on {@code getExecutionEnvironment(configuration)} runs on the cluster, at this parallelism unless it names one. */
    static void use(MiniCluster cluster, int parallelism) {
        initializeContextEnvironment(configuration -> {
            MiniClusterEnvironment environment = new MiniClusterEnvironment(cluster, configuration);
            environment.setParallelism(
                    configuration.getOptional(CoreOptions.DEFAULT_PARALLELISM).orElse(parallelism));
            return environment;
        });
    }

    /** Ends what {@link #use} began. */
    static void stopUsing() {
        resetContextEnvironment();
    }
}
