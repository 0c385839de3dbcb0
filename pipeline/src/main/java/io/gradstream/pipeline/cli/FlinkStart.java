package io.gradstream.pipeline.cli;

import io.gradstream.connectors.kafka.Delivery;
import io.gradstream.connectors.kafka.OutgoingSink;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import java.time.Duration;
import java.util.List;
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
            problem(interval(pipeline, flink), OutgoingSink.transactionTimeoutMillis(pipeline.kafka()))
                    .ifPresent(problem -> {
                        throw new PipelineException(List.of(problem));
                    });
        }
    }

    private static long interval(Pipeline pipeline, ReadableConfig flink) {
        long own = pipeline.running().checkpointMillis();
        return own > 0
                ? own
                : flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .map(Duration::toMillis)
                        .orElse(0L);
    }

    private static Optional<String> problem(long interval, long timeout) {
        if (interval <= 0) {
            return Optional.of(
                    "delivery is exactly-once, which needs checkpoints, and no interval is set: set checkpoint-interval"
                            + " in the pipeline's file, or execution.checkpointing.interval in Flink's configuration");
        }
        if (interval >= timeout) {
            return Optional.of("a transaction stays open from one checkpoint to the next, so the checkpoint interval ("
                    + interval + " ms) must be well below kafka's transaction.timeout.ms (" + timeout + ")");
        }
        return Optional.empty();
    }
}
