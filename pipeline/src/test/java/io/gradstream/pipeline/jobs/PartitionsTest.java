package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.pipeline.learn.LearnCount;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inputs of several partitions, to which one is added while the job runs, and whose TaskManager dies then; read by more subtasks and by fewer. Its time is
 * spent on the newer JDK only.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(240)
class PartitionsTest {

    private static final Gauges GAUGES = new Gauges();
    private static final Kills KILLS = new Kills();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension().withTaskManagers(1, 4));

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int N = 32 * 40;

    @TempDir
    Path folder;

    private Shop shop;

    @Test
    void labelsInTheEvent(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        survives(broker, kafka, flink, Labels.IN_EVENT, "");
    }

    @Test
    void labelsOnATopicOfTheirOwn(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        survives(broker, kafka, flink, Labels.APART, "parallelism: {decode: 2}");
    }

    @Test
    void labelsOnATopicOfTheirOwnInEventTimeOrder(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        survives(broker, kafka, flink, Labels.APART, "parallelism: {decode: 2}\norder: event-time");
    }

    /** Rows that a savepoint holds, rows of old partitions and rows of new ones come out in one order. */
    @Test
    void onesThatAreAddedWhileTheJobIsDown(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        shop = Shop.open(broker, kafka, folder, 2);
        shop.idleAfter = "10m";
        JobClient before = start(2, new Configuration());
        write(Labels.APART, 0, N / 2, 2);
        shop.awaitPredictions(N / 4);
        Configuration further = shop.stop(before);
        assertThat(shop.predictions()).as("the savepoint holds some").hasSizeLessThan(N / 2);
        addPartition(kafka);
        write(Labels.APART, N / 2, N, 3);
        JobClient job = start(2, further);
        release();
        isLearnedOnce(job);
        assertThat(shop.predictions())
                .extracting(Prediction::id)
                .startsWith(MainJobTest.ids(0, N))
                .doesNotHaveDuplicates();
        assertThat(GAUGES.value(job.getJobID(), "learn", LearnCount.OUT_OF_ORDER.key()))
                .isZero();
    }

    /** What one subtask had read is read on by two, and by one again: once, in the same order and to the same weights as by one alone. */
    @Test
    void readByMoreSubtasksAndByFewerAgain(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        shop = Shop.open(broker, kafka, folder, 3);
        shop.idleAfter = "10m";
        JobClient job = start(1, new Configuration());
        write(Labels.APART, 0, N / 3, 3);
        shop.awaitPredictions(N / 6);
        Configuration further = shop.stop(job);
        job = start(2, further);
        write(Labels.APART, N / 3, 2 * N / 3, 3);
        shop.awaitPredictions(N / 2);
        further = shop.stop(job);
        assertThat(shop.predictions()).as("the savepoint holds some").hasSizeLessThan(2 * N / 3);
        job = start(1, further);
        write(Labels.APART, 2 * N / 3, N, 3);
        release();
        isLearnedOnce(job);
        job.cancel().get();

        Shop undisturbed = shop.again();
        Shop.run(undisturbed.pipeline(Labels.APART, true, "", "order: event-time"))
                .getJobExecutionResult()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(shop.predictions())
                .extracting(Prediction::id)
                .startsWith(MainJobTest.ids(0, N))
                .doesNotHaveDuplicates();
        assertThat(shop.predictions().stream().map(CrashTest::line).limit(N))
                .containsExactlyElementsOf(undisturbed.predictions().stream()
                        .map(CrashTest::line)
                        .limit(N)
                        .toList());
        assertThat(shop.allSnapshots())
                .extracting(each -> each.manifest().lineage())
                .hasSize(N / 320)
                .containsOnly(shop.lastSnapshot().manifest().lineage());
        assertThat(Shop.weights(shop.lastSnapshot())).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
    }

    private JobClient start(int decode, Configuration settings) throws Exception {
        return Shop.run(
                shop.pipeline(Labels.APART, false, "", "parallelism: {decode: " + decode + "}\norder: event-time"),
                settings);
    }

    /** More subtasks decode than there are partitions; partitions never go idle here, and a subtask without one does at once. */
    @Test
    void subtasksWithoutAPartitionHoldNobodyBack(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        shop = Shop.open(broker, kafka, folder, 1);
        Shop.run(shop.load("""
                input: {topic: %s, format: json, id: id, time: time, idle-after: 0s, start-offsets: earliest}
                features: [{numeric: price}]
                label: {field: sold, topic: %s, id: id, time: time, wait: 60s, idle-after: 0s}
                order: event-time
                parallelism: {decode: 3}
                """.formatted(shop.views, shop.sales)));
        write(Labels.APART, 0, N / 2, 1);
        shop.awaitPredictions(N / 4);
        KILLS.kill(flink);
        write(Labels.APART, N / 2, N, 1);
        assertThat(shop.awaitPredictions(3 * N / 4)).extracting(Prediction::id).doesNotHaveDuplicates();
    }

    private void survives(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink, Labels labels, String more)
            throws Exception {
        shop = Shop.open(broker, kafka, folder, 2);
        shop.client += ", partition.discovery.interval.ms: 200";
        JobClient job = Shop.run(shop.pipeline(labels, false, "", more));
        write(labels, 0, N / 2, 2);
        shop.awaitPredictions(N / 4);
        addPartition(kafka);
        write(labels, N / 2, 3 * N / 4, 3);
        shop.awaitPredictions(N / 2 + 1);
        KILLS.kill(flink);
        write(labels, 3 * N / 4, N, 3);
        release();
        isLearnedOnce(job);
        assertThat(shop.predictions())
                .extracting(Prediction::id)
                .filteredOn(id -> Integer.parseInt(id.substring(1)) < N)
                .containsExactlyInAnyOrder(MainJobTest.ids(0, N));
        assertThat(shop.deadLetters()).isEmpty();
    }

    private void addPartition(TestTopics kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.client())) {
            admin.createPartitions(
                            Map.of(shop.views, NewPartitions.increaseTo(3), shop.sales, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
        }
    }

    /** What is held for order is released by rows that are far ahead; they meet no label and no event. */
    private void release() {
        for (int partition = 0; partition < 3; partition++) {
            shop.write(shop.views, partition, List.of(Shop.view(4 * N + partition)));
            shop.write(shop.sales, partition, List.of(Shop.sale(8 * N + partition)));
        }
    }

    private void isLearnedOnce(JobClient job) throws Exception {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> shop.lastSnapshot().manifest().version() == N / 32);
        shop.awaitPredictions(N);
        assertThat(GAUGES.value(job.getJobID(), "learn", LearnCount.LEARNED.key()))
                .isEqualTo(N);
        for (LearnCount none : new LearnCount[] {
            LearnCount.DUPLICATE_EVENTS, LearnCount.DUPLICATE_LABELS, LearnCount.LATE_LABELS, LearnCount.EXPIRED
        }) {
            assertThat(GAUGES.value(job.getJobID(), "learn", none.key()))
                    .as(none.key())
                    .isZero();
        }
    }

    private void write(Labels labels, int from, int to, int partitions) {
        write(shop.views, labels == Labels.IN_EVENT ? Shop::labelledView : Shop::view, from, to, partitions, 0);
        if (labels == Labels.APART) {
            write(shop.sales, Shop::sale, from, to, partitions, 1);
        }
    }

    /** A label lies in another partition than its event. */
    private void write(String topic, IntFunction<String> row, int from, int to, int partitions, int shift) {
        for (int partition = 0; partition < partitions; partition++) {
            int p = partition;
            shop.write(
                    topic,
                    p,
                    IntStream.range(from, to)
                            .filter(i -> (i + shift) % partitions == p)
                            .mapToObj(row)
                            .toList());
        }
    }
}
