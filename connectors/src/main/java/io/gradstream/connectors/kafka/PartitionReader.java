package io.gradstream.connectors.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Reads partitions, and takes no offence when one that has been read to its end is to be paused or resumed.
 *
 * <p>Watermark alignment asks for that from the task's thread, which learns of a finished partition only when it has taken its last
 * records out of the queue; this reader, on the fetcher's thread, gave it back to the consumer when it put them in. In between
 * the consumer answers "No current assignment for partition", and the job fails. That is FLINK-39728, mended behind
 * flink-connector-kafka 5.0.0; this class goes when a release has it.
 */
final class PartitionReader extends KafkaPartitionSplitReader {

    PartitionReader(Properties properties, SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
        super(properties, context, metrics);
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<KafkaPartitionSplit> splitsToPause, Collection<KafkaPartitionSplit> splitsToResume) {
        splitsToResume.forEach(split -> unlessFinished(List.of(), List.of(split)));
        splitsToPause.forEach(split -> unlessFinished(List.of(split), List.of()));
    }

    /** Of what the consumer may throw here, only a partition that it does not have is an illegal state. */
    private void unlessFinished(List<KafkaPartitionSplit> pause, List<KafkaPartitionSplit> resume) {
        try {
            super.pauseOrResumeSplits(pause, resume);
        } catch (IllegalStateException e) {
            // Nothing more is read from it, so there is nothing to hold back.
        }
    }
}
