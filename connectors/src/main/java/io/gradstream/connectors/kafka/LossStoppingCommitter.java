package io.gradstream.connectors.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.Counter;

/**
 * Commits as the other committer does, but turns its "failed, for a known reason" into a failure of the job, unless Kafka says that
 * the transaction had been committed before.
 */
@SuppressWarnings("try") // Committer.close() may throw InterruptedException
final class LossStoppingCommitter<C> implements Committer<C> {
    private final Committer<C> committer;
    private final Counter lost;

    private final TransactionOutcome outcome;

    LossStoppingCommitter(Committer<C> committer, Counter lost, TransactionOutcome outcome) {
        this.committer = committer;
        this.lost = lost;
        this.outcome = outcome;
    }

    @Override
    public void commit(Collection<CommitRequest<C>> requests) throws IOException, InterruptedException {
        List<CommitRequest<C>> watched = new ArrayList<>(requests.size());
        for (CommitRequest<C> request : requests) {
            watched.add(new Watched(request));
        }
        committer.commit(watched);
    }

    @Override
    public void close() throws Exception {
        committer.close();
    }

    private final class Watched implements CommitRequest<C> {
        private final CommitRequest<C> request;

        Watched(CommitRequest<C> request) {
            this.request = request;
        }

        @Override
        public C getCommittable() {
            return request.getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return request.getNumberOfRetries();
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            try {
                if (getCommittable() instanceof KafkaCommittable kafka && outcome.isCommitted(kafka)) {
                    request.signalAlreadyCommitted();
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reason.addSuppressed(e);
            } catch (ExecutionException | TimeoutException e) {
                reason.addSuppressed(e);
            }
            lost.inc();
            request.signalFailedWithUnknownReason(new LostTransactionException(getCommittable(), reason));
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            request.signalFailedWithUnknownReason(reason);
        }

        @Override
        public void retryLater() {
            request.retryLater();
        }

        @Override
        public void updateAndRetryLater(C committable) {
            request.updateAndRetryLater(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            request.signalAlreadyCommitted();
        }
    }
}
