package io.gradstream.pipeline.cli;

import io.gradstream.connectors.kafka.KafkaChecks;
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
        check(pipeline, scoring, create ? MissingOutputs.CREATE : MissingOutputs.REFUSE, isResuming(flink));
    }

    private static void check(Pipeline pipeline, boolean scoring, MissingOutputs missing, boolean resuming) {
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
                resuming,
                patience(pipeline.kafka())));
        if (!problems.isEmpty()) {
            throw new PipelineException(problems);
        }
    }

    /** The check where no job is about to start: one may be running, and what is not there would be made. */
    static void check(Pipeline pipeline) {
        check(pipeline, false, MissingOutputs.IGNORE, true);
    }

    /**
     * Whether the job goes on from state, so that its own transactions may be open: a savepoint is given, or the cluster starts
     * its main class again after a JobManager was lost.
     */
    static boolean isResuming(ReadableConfig flink) {
        boolean lost = !HighAvailabilityMode.NONE.name().equalsIgnoreCase(flink.get(HighAvailabilityOptions.HA_MODE));
        String target = flink.getOptional(DeploymentOptions.TARGET).orElse("");
        boolean inCluster = target.equals("embedded") || target.endsWith("-application");
        return flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent() || lost && inCluster;
    }

    /** As long as the client is told to wait for an answer, but 20 s at most; what is no number is refused by the checks. */
    static Duration patience(Map<String, String> client) {
        String millis = client.getOrDefault(TIMEOUT, "");
        return millis.matches("[1-9][0-9]{0,3}|1[0-9]{4}")
                ? Duration.ofMillis(Long.parseLong(millis))
                : LONGEST_PATIENCE;
    }
}
