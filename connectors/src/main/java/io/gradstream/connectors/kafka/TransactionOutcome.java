package io.gradstream.connectors.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Asks Kafka whether a transaction that could not be committed had been committed before.
 *
 * <p>After a restore everything that the checkpoint had prepared is committed once more. Since KIP-890 (transaction.version 2)
 * a commit raises the producer's epoch, so a second one is answered with "fenced", as if the transaction were lost. What tells the
 * two apart is that the coordinator still knows it: the same producer, the same epoch or the next, and a decision to commit.
 */
final class TransactionOutcome implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HashMap<String, String> client;

    /** @param client Kafka's client properties, with {@code bootstrap.servers} */
    TransactionOutcome(Map<String, String> client) {
        this.client = new HashMap<>(client);
    }

    /** @throws ExecutionException or TimeoutException when Kafka does not say */
    boolean isCommitted(KafkaCommittable committable)
            throws ExecutionException, TimeoutException, InterruptedException {
        String id = committable.getTransactionalId();
        try (Admin admin = Admin.create(ClientProperties.admin(client, Map.of()))) {
            TransactionDescription transaction =
                    admin.describeTransactions(List.of(id)).description(id).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            int commitsSince = transaction.producerEpoch() - committable.getEpoch();
            boolean decided = transaction.state() == TransactionState.PREPARE_COMMIT
                    || transaction.state() == TransactionState.COMPLETE_COMMIT;
            return decided
                    && transaction.producerId() == committable.getProducerId()
                    && (commitsSince == 0 || commitsSince == 1);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }
}
