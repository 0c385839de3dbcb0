package io.gradstream.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;

/** What can be wrong with Kafka, found before a job starts. */
public final class KafkaChecks {
    private static final List<String> OWN = List.of(
            "transactional.id",
            "enable.auto.commit",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer");

    private KafkaChecks() {}

    /** What is done about output topics that are not there. */
    public enum MissingOutputs {
        /** They are made, when nothing else is wrong. */
        CREATE,
        /** Each is a problem. */
        REFUSE,
        /** Nothing: nothing is about to start. */
        IGNORE
    }

    /** Which open transactions of its prefix a job may find. */
    public enum MayBeOpen {
        /** None: it begins anew, so they are another job's. */
        NONE,
        /** Those that a job left behind, from whose state it goes on; none that is still written to. */
        LEFT_BEHIND,
        /** Any: it takes over from a JobManager whose TaskManagers may still write, or nothing is about to start. */
        ANY
    }

    /**
     * What is about to start.
     *
     * @param client Kafka's client properties
     * @param inputs topics that are read; they must be there
     * @param outputs topics that are written
     * @param delivery what is promised
     * @param transactionalIdPrefix prefix of the job's transactional ids
     * @param missing what is done about output topics that are not there
     * @param open which transactions of its own prefix may be open; the sink ends them
     * @param watch how long those that a job left behind are watched for signs that it still runs
     * @param patience how long brokers may take to answer one question
     */
    public record Plan(
            Map<String, String> client,
            List<String> inputs,
            OutputTopics outputs,
            Delivery delivery,
            String transactionalIdPrefix,
            MissingOutputs missing,
            MayBeOpen open,
            Duration watch,
            Duration patience) {}

    /**
     * Checks, and makes missing output topics when nothing else is wrong.
     *
     * @return problems, each one plain sentence that says what to do and shows no secret; empty when all is well
     */
    public static List<String> run(Plan plan) {
        KafkaFailures failures = new KafkaFailures(plan.client(), plan.patience());
        List<String> problems = new ArrayList<>(properties(plan, failures));
        if (!problems.isEmpty()) {
            return problems;
        }
        Properties settings = ClientProperties.admin(plan.client(), Map.of());
        settings.setProperty(
                "default.api.timeout.ms", Long.toString(plan.patience().toMillis()));
        settings.setProperty("request.timeout.ms", Long.toString(plan.patience().toMillis()));
        Admin admin = null;
        try {
            admin = Admin.create(settings);
            Answers answers = new Answers(plan.patience());
            Collection<Node> nodes = answers.get(admin.describeCluster().nodes());
            if (plan.delivery() == Delivery.EXACTLY_ONCE) {
                problems.addAll(new TransactionChecks(admin, answers).problems(plan, nodes));
            }
            problems.addAll(new TopicChecks(admin, answers, plan).problems(problems.isEmpty()));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            problems.add(failures.sentence(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.add("The checks of Kafka were interrupted; start again.");
        } finally {
            if (admin != null) {
                admin.close(Duration.ZERO); // a plain close waits for answers that may never come
            }
        }
        return problems;
    }

    /** What the client properties themselves show, without a broker. */
    private static List<String> properties(Plan plan, KafkaFailures failures) {
        List<String> problems = new ArrayList<>();
        if (plan.client().getOrDefault("bootstrap.servers", "").isBlank()) {
            problems.add("bootstrap.servers is not set; give one or more HOST:PORT of Kafka brokers.");
        }
        for (String key : OWN) {
            if (plan.client().containsKey(key)) {
                problems.add("Kafka client property '" + key + "' is set by Gradstream itself; remove it.");
            }
        }
        if (problems.isEmpty()) {
            problems.addAll(
                    ClientChecks.problems(plan.client(), plan.delivery()).values());
        }
        if (!problems.isEmpty()) {
            return problems;
        }
        try {
            int request = OutgoingSink.maxRecordBytes(plan.client());
            if (plan.outputs().snapshots() != null && request < TopicChecks.CHUNK_WITH_FRAMING) {
                problems.add("Kafka client property 'max.request.size' is " + request
                        + ", but a chunk of a snapshot may need " + TopicChecks.CHUNK_WITH_FRAMING
                        + "; raise or remove it.");
            }
        } catch (KafkaException e) {
            problems.add(failures.sentence(e));
        }
        return problems;
    }

    /** Waits for the admin client's answers, but not for ever. */
    record Answers(Duration patience) {
        <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
