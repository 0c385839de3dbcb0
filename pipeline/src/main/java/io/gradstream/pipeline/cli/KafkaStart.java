package io.gradstream.pipeline.cli;

import io.gradstream.connectors.kafka.KafkaChecks;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.jobs.KafkaEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;

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
                create,
                flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent(),
                patience(pipeline.kafka())));
        if (!problems.isEmpty()) {
            throw new PipelineException(problems);
        }
    }

    /** The check where no job is about to start. */
    static void check(Pipeline pipeline, boolean scoring) {
        check(pipeline, scoring, false, new Configuration());
    }

    /** As long as the client is told to wait for an answer, but 20 s at most; what is no number is refused by the checks. */
    static Duration patience(Map<String, String> client) {
        String millis = client.getOrDefault(TIMEOUT, "");
        return millis.matches("[1-9][0-9]{0,3}|1[0-9]{4}")
                ? Duration.ofMillis(Long.parseLong(millis))
                : LONGEST_PATIENCE;
    }
}
