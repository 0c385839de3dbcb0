package io.gradstream.connectors.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** An input topic was deleted and made again, so that offsets in a checkpoint are of other records. Flink does not restart the job. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class TopicReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TopicReplacedException(String topic) {
        super("Topic '" + topic + "' is not the one that this job has read: it was deleted and made again, so the job's"
                + " offsets are of other records, of which up to one partition.discovery.interval.ms may have been read."
                + " Start the job without its checkpoint. input.start-offsets: earliest reads all of its topics anew;"
                + " offsets such as flights-0:81522 let other topics go on where they were, and partitions that are not"
                + " named begin at their oldest record. A main job keeps its model with start-from: topic; a scoring job"
                + " takes it from that topic in any case.");
    }
}
