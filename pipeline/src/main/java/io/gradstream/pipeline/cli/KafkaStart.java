package io.gradstream.pipeline.cli;

import io.gradstream.connectors.kafka.KafkaChecks;
import io.gradstream.connectors.kafka.KafkaChecks.MayBeOpen;
import io.gradstream.connectors.kafka.KafkaChecks.MissingOutputs;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.jobs.KafkaEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;

/** What is asked of Kafka before a job starts. */
final class KafkaStart {
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(20);
    private static final long LONGEST_WATCH_MILLIS = 15_000;
    private static final String TIMEOUT = "default.api.timeout.ms";

    private KafkaStart() {}

    /**
     * Checks brokers, topics and transactions.
     *
     * @param scoring whether it is the scoring job, which reads the snapshots and writes predictions and dead letters
     * @param create whether missing output topics are made
     * @throws PipelineException with every problem
     */
    static void check(Pipeline pipeline, boolean scoring, boolean create, ReadableConfig flink) {
        check(
                pipeline,
                scoring,
                create ? MissingOutputs.CREATE : MissingOutputs.REFUSE,
                mayBeOpen(flink),
                watch(FlinkStart.checkpointMillis(pipeline, flink)));
    }

    private static void check(
            Pipeline pipeline, boolean scoring, MissingOutputs missing, MayBeOpen open, Duration watch) {
        List<String> inputs = new ArrayList<>(pipeline.events().topics());
        if (scoring) {
            inputs.add(pipeline.outputs().snapshots());
        } else if (!pipeline.labelInEvent()) {
            inputs.addAll(pipeline.labels().input().topics());
        }
        List<String> problems = KafkaChecks.run(new KafkaChecks.Plan(
                pipeline.kafka(),
                inputs,
                scoring
                        ? pipeline.outputs().scoringTopics()
                        : pipeline.outputs().topics(),
                pipeline.outputs().delivery(),
                scoring ? KafkaEnds.scorePrefix(pipeline) : pipeline.outputs().transactionalIdPrefix(),
                missing,
                open,
                watch,
                patience(pipeline.kafka())));
        if (!problems.isEmpty()) {
            throw new PipelineException(problems);
        }
    }

    /** The check where no job is about to start: one may be running, and what is not there would be made. */
    static void check(Pipeline pipeline) {
        check(pipeline, false, MissingOutputs.IGNORE, MayBeOpen.ANY, Duration.ZERO);
    }

    /**
     * Which of its own transactions may be open. Where the cluster starts the main class again after a JobManager was lost, its
     * TaskManagers may write for some seconds more; that looks the same as a first start there, from a savepoint or not.
     */
    static MayBeOpen mayBeOpen(ReadableConfig flink) {
        boolean lost = !HighAvailabilityMode.NONE.name().equalsIgnoreCase(flink.get(HighAvailabilityOptions.HA_MODE));
        String target = flink.getOptional(DeploymentOptions.TARGET).orElse("");
        boolean inCluster = target.equals("embedded") || target.endsWith("-application");
        if (lost && inCluster) {
            return MayBeOpen.ANY;
        }
        return flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent()
                ? MayBeOpen.LEFT_BEHIND
                : MayBeOpen.NONE;
    }

    /** A job that runs commits once in a checkpoint interval, and a second is for the commit; but nobody waits for ever. */
    static Duration watch(long checkpointMillis) {
        return Duration.ofMillis(Math.min(checkpointMillis + 1_000, LONGEST_WATCH_MILLIS));
    }

    /** As long as the client is told to wait for an answer, but 20 s at most; what is no number is refused by the checks. */
    static Duration patience(Map<String, String> client) {
        String millis = client.getOrDefault(TIMEOUT, "");
        return millis.matches("[1-9][0-9]{0,3}|1[0-9]{4}")
                ? Duration.ofMillis(Long.parseLong(millis))
                : LONGEST_PATIENCE;
    }
}
