package io.gradstream.connectors.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A transaction that a checkpoint relies on can no longer be committed; its records are lost if the job goes on. Flink does not restart the job. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class LostTransactionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostTransactionException(Object transaction, Throwable cause) {
        super(
                "a Kafka transaction could not be committed, so what it holds is lost if the job goes on: "
                        + cause.getMessage()
                        + " (" + transaction + "). Either the job, or Kafka, was away for longer than"
                        + " transaction.timeout.ms, or another job uses the same transactional-id prefix. Start the job"
                        + " again from the retained checkpoint before this one; it writes the records again.",
                cause);
    }
}
