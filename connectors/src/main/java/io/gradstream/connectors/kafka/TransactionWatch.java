package io.gradstream.connectors.kafka;

import io.gradstream.connectors.kafka.KafkaChecks.Answers;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Tells the open transactions of a job that still runs from those that a dead one left.
 *
 * <p>No answer of Kafka says whether a producer lives. When a transaction began says nothing either: after a crash those of the
 * dead job are younger than the checkpoint it is restored from, too. What only a living producer does is go on: write a record (its
 * last sequence number in a partition changes), write to one more partition, begin another transaction, commit. So they are
 * looked at again and again, for as long as a job lets pass between two commits. An abort is no sign: the broker does that when
 * a transaction times out. A job that writes nothing in that time is not seen.
 */
final class TransactionWatch {
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final Set<TransactionState> OPEN =
            EnumSet.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final Admin admin;
    private final Answers answers;
    private final String prefix;

    /**
     * What is seen of one transaction.
     *
     * @param sequences of the producer's last record in each partition, as far as this user may see it
     */
    private record Seen(
            TransactionState state, long producer, OptionalLong since, Map<TopicPartition, List<Integer>> sequences) {
        boolean isCommit() {
            return state == TransactionState.PREPARE_COMMIT || state == TransactionState.COMPLETE_COMMIT;
        }
    }

    TransactionWatch(Admin admin, Answers answers, String prefix) {
        this.admin = admin;
        this.answers = answers;
        this.prefix = prefix;
    }

    /** Watches until there is a sign of life, nothing is open any more, or the time is over; gives the living transaction's id. */
    Optional<String> living(Duration time) throws ExecutionException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + time.toNanos();
        Look first = look();
        while (first.anyOpen() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            Optional<String> living = first.signOfLife(look(first));
            if (living.isPresent()) {
                return living;
            }
        }
        return Optional.empty();
    }

    /** All that is open now. */
    Look look() throws ExecutionException, InterruptedException, TimeoutException {
        return look(new Look(Map.of()));
    }

    /** All that is open now, and what became of that which was open before. */
    Look look(Look before) throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> ids = new LinkedHashSet<>(before.byId.keySet());
        for (TransactionListing listed :
                answers.get(admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN))
                        .all())) {
            if (OpenTransactions.hasPrefix(listed.transactionalId(), prefix)) {
                ids.add(listed.transactionalId());
            }
        }
        DescribeTransactionsResult descriptions = admin.describeTransactions(ids);
        Map<String, Seen> seen = new HashMap<>();
        for (String id : ids) {
            try {
                seen.put(id, seen(answers.get(descriptions.description(id))));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                    throw e;
                }
            }
        }
        return new Look(seen);
    }

    private Seen seen(TransactionDescription transaction)
            throws ExecutionException, InterruptedException, TimeoutException {
        return new Seen(
                transaction.state(),
                transaction.producerId(),
                transaction.transactionStartTimeMs(),
                sequences(transaction.producerId(), transaction.topicPartitions()));
    }

    private Map<TopicPartition, List<Integer>> sequences(long producer, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        DescribeProducersResult producers = admin.describeProducers(partitions);
        Map<TopicPartition, List<Integer>> sequences = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                sequences.put(
                        partition,
                        answers.get(producers.partitionResult(partition)).activeProducers().stream()
                                .filter(each -> each.producerId() == producer)
                                .map(ProducerState::lastSequence)
                                .toList());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicAuthorizationException)) {
                    throw e;
                }
                sequences.put(partition, List.of());
            }
        }
        return sequences;
    }

    /** What was seen at one moment. */
    static final class Look {
        private final Map<String, Seen> byId;

        private Look(Map<String, Seen> byId) {
            this.byId = byId;
        }

        boolean anyOpen() {
            return byId.values().stream().anyMatch(each -> OPEN.contains(each.state()));
        }

        /** The id of a transaction that only a living producer can have brought to where it is later. */
        Optional<String> signOfLife(Look later) {
            return later.byId.entrySet().stream()
                    .filter(each -> lives(byId.get(each.getKey()), each.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        private static boolean lives(Seen before, Seen now) {
            if (before == null) {
                return true;
            }
            if (now.isCommit()) {
                return !before.isCommit();
            }
            return now.state() == TransactionState.ONGOING && !now.equals(before);
        }
    }
}
