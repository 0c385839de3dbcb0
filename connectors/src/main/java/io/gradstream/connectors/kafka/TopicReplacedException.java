package io.gradstream.connectors.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** An input topic was deleted and made again, so that offsets in a checkpoint are of other records. Flink does not restart the job. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class TopicReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TopicReplacedException(String topic) {
        super("Topic '" + topic + "' is not the one that this job has read: it was deleted and made again, so the job's"
                + " offsets are of other records. Start the job anew, without its checkpoint and with start-offsets:"
                + " earliest; with start-from: topic it keeps its model.");
    }
}
