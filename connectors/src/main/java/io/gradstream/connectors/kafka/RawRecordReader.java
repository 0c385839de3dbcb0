package io.gradstream.connectors.kafka;

import io.gradstream.connectors.kafka.RawRecordEnumerator.AllGivenOut;
import io.gradstream.connectors.records.RawRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads by {@link PartitionReader}s, from the moment on that all partitions that were found have been given out, and is idle when none of
 * them is its own; those that have been read to their end do not hold the others back ({@link IdlePartitions}). A restored reader has
 * partitions before that: were they read, event time would pass the records of one by that was added while the job was down. It tells its
 * {@link InputPauses}.
 */
final class RawRecordReader extends KafkaSourceReader<RawRecord> {

    /** Where watermarks go that are of no partition; null before the first poll. */
    private ReaderOutput<RawRecord> output;

    private final CompletableFuture<Void> allGivenOut = new CompletableFuture<>();

    /** Those of the thread that polls; null before the first poll. */
    private InputPauses pauses;

    /** Null where none is. */
    private final IdlePartitions idlePartitions;

    /** @param idleAfter after how long without a record a partition may be idle; 0: never */
    static RawRecordReader create(
            Properties properties, RawRecordSchema schema, SourceReaderContext context, Duration idleAfter) {
        KafkaSourceReaderMetrics metrics = new KafkaSourceReaderMetrics(context.metricGroup());
        FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> unused =
                new FutureCompletingBlockingQueue<>();
        KafkaSourceFetcherManager fetchers = new KafkaSourceFetcherManager(
                unused, () -> new PartitionReader(properties, context, metrics), finished -> {});
        Configuration settings = new Configuration();
        properties.stringPropertyNames().forEach(key -> settings.setString(key, properties.getProperty(key)));
        IdlePartitions idle = idleAfter.isZero()
                ? null
                : new IdlePartitions(
                        idleAfter,
                        () -> new PartitionEnds(properties, clientId(properties, schema, context)),
                        fetchers.getQueue()::notifyAvailable);
        return new RawRecordReader(unused, fetchers, schema, settings, context, metrics, idle);
    }

    private static String clientId(Properties properties, RawRecordSchema schema, SourceReaderContext context) {
        return properties.getProperty("client.id.prefix") + "-ends-" + schema.firstTopic() + "-"
                + context.getIndexOfSubtask();
    }

    private RawRecordReader(
            FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> unused,
            KafkaSourceFetcherManager fetchers,
            RawRecordSchema schema,
            Configuration settings,
            SourceReaderContext context,
            KafkaSourceReaderMetrics metrics,
            IdlePartitions idlePartitions) {
        super(unused, fetchers, new KafkaRecordEmitter<>(schema), settings, context, metrics);
        this.idlePartitions = idlePartitions;
    }

    @Override
    public void start() {
        super.start();
        if (idlePartitions != null) {
            idlePartitions.start();
        }
    }

    @Override
    protected KafkaPartitionSplitState initializedState(KafkaPartitionSplit split) {
        KafkaPartitionSplitState state = super.initializedState(split);
        if (idlePartitions != null) {
            idlePartitions.added(state);
        }
        return state;
    }

    @Override
    protected void onSplitFinished(Map<String, KafkaPartitionSplitState> finished) {
        super.onSplitFinished(finished);
        if (idlePartitions != null) {
            idlePartitions.removed(finished.keySet());
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> mainOutput) throws Exception {
        if (output == null) {
            output = mainOutput;
            idleWithoutPartition();
            pauses = InputPauses.ofThisTask();
            pauses.begin();
        }
        if (idlePartitions != null && idlePartitions.areJudged()) {
            idlePartitions.mark(mainOutput);
        }
        InputStatus status = allGivenOut.isDone() ? super.pollNext(mainOutput) : InputStatus.NOTHING_AVAILABLE;
        if (status == InputStatus.NOTHING_AVAILABLE) {
            pauses.tell();
        }
        return status;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return allGivenOut.isDone() ? super.isAvailable() : allGivenOut;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof AllGivenOut) {
            allGivenOut.complete(null);
            idleWithoutPartition();
        } else {
            super.handleSourceEvents(event);
        }
    }

    @Override
    public void close() throws Exception {
        if (pauses != null) {
            pauses.close();
        }
        try {
            if (idlePartitions != null) {
                idlePartitions.close();
            }
        } finally {
            super.close();
        }
    }

    /** A partition that comes later makes it active again, by its first watermark. */
    private void idleWithoutPartition() {
        if (allGivenOut.isDone() && output != null && getNumberOfCurrentlyAssignedSplits() == 0) {
            output.markIdle();
        }
    }
}
