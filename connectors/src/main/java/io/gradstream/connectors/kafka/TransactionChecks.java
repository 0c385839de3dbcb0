package io.gradstream.connectors.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka will let the job have its transactions. */
final class TransactionChecks {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionChecks.class);
    private static final String BROKER_MAXIMUM = "transaction.max.timeout.ms";

    private final Admin admin;
    private final KafkaChecks.Answers answers;

    TransactionChecks(Admin admin, KafkaChecks.Answers answers) {
        this.admin = admin;
        this.answers = answers;
    }

    List<String> problems(KafkaChecks.Plan plan, Collection<Node> nodes)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<String> problems = new ArrayList<>();
        long timeout = OutgoingSink.transactionTimeoutMillis(plan.client());
        long maximum = brokerMaximum(nodes);
        if (timeout > maximum) {
            problems.add("transaction.timeout.ms is " + timeout + ", but the broker allows at most " + maximum + " ("
                    + BROKER_MAXIMUM + "); lower the one or raise the other.");
        }
        switch (plan.open()) {
            case NONE -> problems.addAll(openTransactions(plan.transactionalIdPrefix()));
            case LEFT_BEHIND -> problems.addAll(written(plan.transactionalIdPrefix(), plan.watch()));
            case ANY -> LOG.info("Not checked before the start: open transactions");
        }
        return problems;
    }

    private List<String> written(String prefix, Duration time) throws InterruptedException, TimeoutException {
        Optional<String> living;
        try {
            living = new TransactionWatch(admin, answers, prefix).living(time);
        } catch (ExecutionException e) {
            living = notAllowed("open transactions", e, Optional.empty());
        }
        return living
                .map(id -> "Transactional-id prefix '" + prefix + "' is in use: transaction '" + id
                        + "' is being written, so the job that made the checkpoint or savepoint still runs, or another with"
                        + " this prefix; stop it first ('flink stop' makes a savepoint to go on from), or choose another"
                        + " prefix.")
                .stream()
                .toList();
    }

    /** The broker's maximum, or no limit when this user may not see it. */
    private long brokerMaximum(Collection<Node> nodes)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource broker = new ConfigResource(
                ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        try {
            ConfigEntry entry = answers.get(
                            admin.describeConfigs(List.of(broker)).all())
                    .get(broker)
                    .get(BROKER_MAXIMUM);
            return entry == null || entry.value() == null ? Long.MAX_VALUE : Long.parseLong(entry.value());
        } catch (ExecutionException e) {
            return notAllowed("the broker's " + BROKER_MAXIMUM, e, Long.MAX_VALUE);
        }
    }

    private List<String> openTransactions(String prefix)
            throws ExecutionException, InterruptedException, TimeoutException {
        EnumSet<TransactionState> open =
                EnumSet.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);
        Collection<TransactionListing> listed;
        try {
            listed = answers.get(admin.listTransactions(new ListTransactionsOptions().filterStates(open))
                    .all());
        } catch (ExecutionException e) {
            listed = notAllowed("open transactions", e, List.of());
        }
        for (TransactionListing transaction : listed) {
            if (OpenTransactions.hasPrefix(transaction.transactionalId(), prefix)) {
                return List.of(inUse(prefix, transaction.transactionalId()));
            }
        }
        return List.of();
    }

    private String inUse(String prefix, String id) throws InterruptedException, TimeoutException {
        return "Transactional-id prefix '" + prefix + "' is in use: transaction '" + id + "' is open" + times(id)
                + "; stop the job that uses it, or choose another prefix. If that job was killed, start it again from its"
                + " last checkpoint, or wait until Kafka ends the transaction, or end it with 'gradstream transactions"
                + " PIPELINE --abort'.";
    }

    private String times(String id) throws InterruptedException, TimeoutException {
        try {
            TransactionDescription description =
                    answers.get(admin.describeTransactions(List.of(id)).description(id));
            if (description.transactionStartTimeMs().isEmpty()) {
                return "";
            }
            Instant start =
                    Instant.ofEpochMilli(description.transactionStartTimeMs().getAsLong());
            Instant end = start.plusMillis(description.transactionTimeoutMs());
            return " since " + start.truncatedTo(ChronoUnit.SECONDS) + " and times out at "
                    + end.truncatedTo(ChronoUnit.SECONDS);
        } catch (ExecutionException e) {
            return notAllowed("transaction " + id, e, "");
        }
    }

    /** A question that this user may not ask, or this broker cannot answer, is no problem of its own. */
    private static <T> T notAllowed(String what, ExecutionException e, T instead) {
        if (e.getCause() instanceof ApiException) {
            LOG.info("Not checked before the start: {} ({})", what, e.getCause().toString());
            return instead;
        }
        throw new IllegalStateException("cannot check " + what, e.getCause());
    }
}
