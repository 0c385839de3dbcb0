package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.records.RawRecord;
import io.gradstream.testing.GradstreamExtension;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What readers are told, question by question of KafkaSource's own enumerator to a broker. */
@Timeout(120)
class RawRecordEnumeratorTest {
    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    private final String topic = GRADSTREAM.topics().create("in", 3);
    private final Coordinator coordinator = new Coordinator();

    /** The third partition was added while the job was down; its reader must not go idle before it has it. */
    @Test
    void aRestoredReaderHearsNothingBeforeTheTopicWasLookedAt() throws Exception {
        try (var enumerator = restored(false, 2)) {
            coordinator.start(enumerator);
            coordinator.answer();
            assertThat(coordinator.seen).isEmpty();
            coordinator.answer();
            assertThat(coordinator.seen).containsExactly("given out 1", "told 0", "told 1", "told 2");
        }
    }

    @Test
    void aDiscoveryThatFindsNothingNewIsTold() throws Exception {
        try (var enumerator = restored(false, 3)) {
            coordinator.start(enumerator);
            coordinator.answer();
            assertThat(coordinator.seen).containsExactly("told 0", "told 1", "told 2");
            coordinator.add(enumerator, 3);
            assertThat(coordinator.seen).hasSize(4).endsWith("told 3");
        }
    }

    @Test
    void topicsAreComparedBehindTheFirstDiscoveryAndAsOftenAsItIsMade() throws Exception {
        try (var enumerator = restored(false, 2)) {
            coordinator.start(enumerator);
            assertThat(coordinator.periods).containsExactly(60_000L);
            coordinator.answer();
            coordinator.answer();
            assertThat(coordinator.periods).containsExactly(60_000L, 0L, 60_000L);
            coordinator.answer();
            coordinator.answer();
            assertThat(EnumeratorState.topicIds(enumerator.snapshotState(1))).containsOnlyKeys(topic);
        }
    }

    @Test
    void aBoundedSourceComparesThemOnce() throws Exception {
        try (var enumerator = restored(true, 3)) {
            coordinator.start(enumerator);
            coordinator.answer();
            assertThat(coordinator.periods).containsExactly(0L, 0L);
            coordinator.answer();
            assertThat(EnumeratorState.topicIds(enumerator.snapshotState(1))).containsOnlyKeys(topic);
        }
    }

    /** Between two discoveries, which find partitions of the same names. */
    @Test
    void aTopicThatIsMadeAgainWhileTheJobRunsIsFound() throws Exception {
        try (var enumerator = restored(false, 3)) {
            coordinator.start(enumerator);
            coordinator.answer();
            coordinator.answer();
            makeAgain();
            coordinator.answer();
            assertThatThrownBy(coordinator::answer)
                    .isInstanceOf(TopicReplacedException.class)
                    .hasMessageStartingWith("Topic '" + topic + "' is not the one that this job has read");
        }
    }

    private void makeAgain() throws Exception {
        try (Admin admin = Admin.create(GRADSTREAM.topics().client())) {
            admin.deleteTopics(List.of(topic)).all().get();
            while (admin.listTopics().names().get().contains(topic)) {
                Thread.onSpinWait();
            }
        }
        GRADSTREAM.broker().createTopic(topic, 3);
    }

    /** @param partitions how many the checkpoint knows */
    private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored(boolean bounded, int partitions)
            throws Exception {
        List<KafkaPartitionSplit> known = IntStream.range(0, partitions)
                .mapToObj(p -> new KafkaPartitionSplit(new TopicPartition(topic, p), 0))
                .toList();
        Source<RawRecord, KafkaPartitionSplit, ?> source = KafkaSources.raw(
                Map.of("bootstrap.servers", GRADSTREAM.broker().bootstrap()),
                List.of(topic),
                new StartOffsets.Earliest(),
                bounded);
        return ((RawRecordSource) source)
                .restoreEnumerator(coordinator, new KafkaSourceEnumState(known, List.of(), true));
    }

    /** Answers one question at a time, in turn, when it is told to. */
    private static final class Coordinator implements SplitEnumeratorContext<KafkaPartitionSplit> {
        final List<String> seen = new ArrayList<>();

        /** Of all questions, in milliseconds; 0: asked once. */
        final List<Long> periods = new ArrayList<>();

        private final Queue<Runnable> questions = new ArrayDeque<>();
        private final Map<Integer, ReaderInfo> readers = new TreeMap<>();

        void start(SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator) {
            enumerator.start();
            IntStream.range(0, 3).forEach(reader -> add(enumerator, reader));
        }

        void add(SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator, int reader) {
            readers.put(reader, new ReaderInfo(reader, "here"));
            enumerator.addReader(reader);
        }

        void answer() {
            questions.remove().run();
        }

        @Override
        public <T> void callAsync(Callable<T> question, BiConsumer<T, Throwable> then) {
            callAsync(question, then, 0, 0);
        }

        @Override
        public <T> void callAsync(Callable<T> question, BiConsumer<T, Throwable> then, long delay, long period) {
            periods.add(period);
            ask(question, then, period > 0);
        }

        private <T> void ask(Callable<T> question, BiConsumer<T, Throwable> then, boolean again) {
            questions.add(() -> {
                T answer = null;
                Exception failure = null;
                try {
                    answer = question.call();
                } catch (Exception e) {
                    failure = e;
                }
                then.accept(answer, failure);
                if (again) {
                    ask(question, then, true);
                }
            });
        }

        @Override
        public void assignSplits(SplitsAssignment<KafkaPartitionSplit> splits) {
            seen.add("given out "
                    + splits.assignment().values().stream().mapToInt(List::size).sum());
        }

        @Override
        public void sendEventToSourceReader(int reader, SourceEvent event) {
            seen.add("told " + reader);
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return readers;
        }

        @Override
        public int currentParallelism() {
            return 3;
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
        }

        @Override
        public void signalNoMoreSplits(int reader) {
            seen.add("no more " + reader);
        }

        @Override
        public void runInCoordinatorThread(Runnable work) {
            work.run();
        }

        @Override
        public void setIsProcessingBacklog(boolean backlog) {
            seen.add("backlog " + backlog);
        }
    }
}
