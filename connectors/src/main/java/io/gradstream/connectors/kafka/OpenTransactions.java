package io.gradstream.connectors.kafka;

import io.gradstream.connectors.kafka.KafkaChecks.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * The transactions of a job that Kafka holds open. Until one ends, a {@code read_committed} reader sees nothing behind its first
 * record, in every partition that it has written to.
 */
public final class OpenTransactions implements AutoCloseable {
    private static final Set<TransactionState> OPEN =
            EnumSet.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final Admin admin;
    private final Answers answers;
    private final KafkaFailures failures;

    /**
     * One open transaction.
     *
     * @param id the transactional id
     * @param state as Kafka calls it, such as ongoing
     * @param since when it began; null if it has not written yet
     * @param until when Kafka aborts it; null if it has not written yet
     * @param partitions where it has written, as topic-number
     */
    public record Transaction(String id, String state, Instant since, Instant until, List<String> partitions) {}

    /**
     * @param client Kafka's client properties
     * @param patience how long brokers may take to answer one question
     * @throws KafkaAnswerException if the client cannot be made
     */
    public OpenTransactions(Map<String, String> client, Duration patience) throws KafkaAnswerException {
        Properties settings = ClientProperties.admin(client, Map.of());
        settings.setProperty("default.api.timeout.ms", Long.toString(patience.toMillis()));
        settings.setProperty("request.timeout.ms", Long.toString(patience.toMillis()));
        failures = new KafkaFailures(client, patience);
        answers = new Answers(patience);
        try {
            admin = Admin.create(settings);
        } catch (KafkaException e) {
            throw new KafkaAnswerException(failures.sentence(e), e);
        }
    }

    /** Those of a transactional-id prefix, the oldest first. */
    public List<Transaction> of(String prefix) throws KafkaAnswerException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (TransactionListing listed : ask(admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN))
                .all())) {
            if (hasPrefix(listed.transactionalId(), prefix)) {
                ids.add(listed.transactionalId());
            }
        }
        List<Transaction> open = new ArrayList<>();
        ask(admin.describeTransactions(ids).all()).forEach((id, description) -> {
            if (OPEN.contains(description.state())) {
                open.add(transaction(id, description));
            }
        });
        open.sort(Comparator.comparing(Transaction::since, Comparator.nullsLast(Comparator.naturalOrder())));
        return open;
    }

    /** Ends transactions without their records. Whoever wrote them can write no more with these ids; its next commit fails. */
    public void abort(Collection<Transaction> transactions) throws KafkaAnswerException, InterruptedException {
        List<String> ids = transactions.stream().map(Transaction::id).toList();
        ask(admin.fenceProducers(ids).all());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    /** The sink's ids are PREFIX-SUBTASK-CHECKPOINT; so {@code a} is not that of {@code a-1-1-1}. */
    static boolean hasPrefix(String id, String prefix) {
        return id.startsWith(prefix + "-") && id.substring(prefix.length() + 1).matches("\\d+-\\d+");
    }

    private <T> T ask(KafkaFuture<T> question) throws KafkaAnswerException, InterruptedException {
        try {
            return answers.get(question);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaAnswerException(failures.sentence(e), e);
        }
    }

    private static Transaction transaction(String id, TransactionDescription description) {
        Instant since = description.transactionStartTimeMs().isPresent()
                ? Instant.ofEpochMilli(description.transactionStartTimeMs().getAsLong())
                : null;
        return new Transaction(
                id,
                description.state().toString().toLowerCase(Locale.ROOT),
                since,
                since == null ? null : since.plusMillis(description.transactionTimeoutMs()),
                description.topicPartitions().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList());
    }
}
