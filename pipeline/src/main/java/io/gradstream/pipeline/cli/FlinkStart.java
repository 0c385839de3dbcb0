package io.gradstream.pipeline.cli;

import io.gradstream.connectors.kafka.Delivery;
import io.gradstream.connectors.kafka.OutgoingSink;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;

/** What Flink's configuration must say before a job starts. */
final class FlinkStart {
    private FlinkStart() {}

    /**
     * Whether checkpoints come, and often enough for transactions, wherever their interval is set.
     *
     * @throws PipelineException if they do not
     */
    static void check(Pipeline pipeline, ReadableConfig flink) {
        if (pipeline.outputs().delivery() == Delivery.EXACTLY_ONCE) {
            problem(checkpointMillis(pipeline, flink), pipeline.kafka()).ifPresent(problem -> {
                throw new PipelineException(List.of(problem));
            });
        }
    }

    /** Between two checkpoints, wherever that is set; 0: nowhere. */
    static long checkpointMillis(Pipeline pipeline, ReadableConfig flink) {
        long own = pipeline.running().checkpointMillis();
        return own > 0
                ? own
                : flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .map(Duration::toMillis)
                        .orElse(0L);
    }

    private static Optional<String> problem(long interval, Map<String, String> kafka) {
        if (interval <= 0) {
            return Optional.of(
                    "delivery is exactly-once, which needs checkpoints, and no interval is set: set checkpoint-interval"
                            + " in the pipeline's file, or execution.checkpointing.interval in Flink's configuration");
        }
        return OutgoingSink.intervalProblem(interval, kafka);
    }
}
