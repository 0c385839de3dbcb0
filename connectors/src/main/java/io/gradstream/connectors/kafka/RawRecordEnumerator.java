package io.gradstream.connectors.kafka;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * KafkaSource's enumerator, which also sees to it that the topics are still those that were read ({@link TopicIds}), and tells its
 * readers when all partitions that were found have been given out: from then on they read, and one that has got none need not hold event
 * time back, which Flink would count as idle only when its input's time of idleness is over, after each start anew.
 *
 * <p>It is told only then. Before, a reader without a partition may be one whose partition comes late, and the others' event time would
 * pass that partition's records by.
 */
final class RawRecordEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    /** What a reader is told. One that has a partition passes it over. */
    enum AllGivenOut implements SourceEvent {
        INSTANCE
    }

    private final SplitEnumeratorContext<KafkaPartitionSplit> flink;
    private final Context context;
    private final TopicIds ids;
    private final long askEveryMillis;
    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;

    /** Makes the enumerator that is told about, with the context it is to use. */
    @FunctionalInterface
    interface Make {
        SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> in(
                SplitEnumeratorContext<KafkaPartitionSplit> context) throws IOException;
    }

    /**
     * @param ids of the topics
     * @param askEveryMillis how often they are compared; 0 or less: at the start only
     */
    RawRecordEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, TopicIds ids, long askEveryMillis, Make enumerator)
            throws IOException {
        this.flink = context;
        this.context = new Context(context, this::askForIds);
        this.ids = ids;
        this.askEveryMillis = askEveryMillis;
        this.enumerator = enumerator.in(this.context);
    }

    @Override
    public void start() {
        enumerator.start();
        ids.start();
    }

    /** Behind the first discovery: both wait for the one thread that asks Kafka, and partitions are given out first. */
    private void askForIds() {
        if (askEveryMillis > 0) {
            flink.callAsync(ids::ask, ids::compare, 0, askEveryMillis);
        } else {
            flink.callAsync(ids::ask, ids::compare);
        }
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        enumerator.handleSplitRequest(subtask, host);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
        enumerator.addSplitsBack(splits, subtask);
    }

    @Override
    public void addReader(int subtask) {
        enumerator.addReader(subtask);
        context.added(subtask);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpoint) throws Exception {
        return new EnumeratorState(enumerator.snapshotState(checkpoint), ids.known());
    }

    @Override
    public void close() throws IOException {
        ids.close();
        enumerator.close();
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        enumerator.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        enumerator.handleSourceEvent(subtask, event);
    }

    /**
     * Sees when the first discovery of this attempt has been handled: its answer has been, and so has that of each question that came of
     * it. Each reader that is there has been given its partitions by then, and each that comes later gets its own when it comes. A
     * checkpoint may know of fewer partitions than there are now, so that a restored job waits for its discovery, too.
     */
    private static final class Context implements SplitEnumeratorContext<KafkaPartitionSplit> {
        private final SplitEnumeratorContext<KafkaPartitionSplit> flink;
        private final Runnable whenFound;
        private int questions;
        private boolean allFound;

        /** @param whenFound what comes once all partitions were found and the readers know it */
        Context(SplitEnumeratorContext<KafkaPartitionSplit> flink, Runnable whenFound) {
            this.flink = flink;
            this.whenFound = whenFound;
        }

        void added(int subtask) {
            if (allFound) {
                flink.sendEventToSourceReader(subtask, AllGivenOut.INSTANCE);
            }
        }

        private void handled() {
            if (!allFound && questions == 0) {
                allFound = true;
                flink.registeredReaders().keySet().forEach(this::added);
                whenFound.run();
            }
        }

        @Override
        public <T> void callAsync(Callable<T> question, BiConsumer<T, Throwable> then) {
            questions++;
            BiConsumer<T, Throwable> answered = (answer, failure) -> questions--;
            flink.callAsync(question, answered.andThen(then).andThen((answer, failure) -> handled()));
        }

        @Override
        public <T> void callAsync(Callable<T> question, BiConsumer<T, Throwable> then, long delay, long period) {
            flink.callAsync(question, then.andThen((answer, failure) -> handled()), delay, period);
        }

        @Override
        public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
            flink.assignSplits(assignment);
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return flink.metricGroup();
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {
            flink.sendEventToSourceReader(subtask, event);
        }

        @Override
        public int currentParallelism() {
            return flink.currentParallelism();
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return flink.registeredReaders();
        }

        @Override
        public void signalNoMoreSplits(int subtask) {
            flink.signalNoMoreSplits(subtask);
        }

        @Override
        public void runInCoordinatorThread(Runnable work) {
            flink.runInCoordinatorThread(work);
        }

        @Override
        public void setIsProcessingBacklog(boolean backlog) {
            flink.setIsProcessingBacklog(backlog);
        }
    }
}
