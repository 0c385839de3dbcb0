package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.pipeline.learn.LearnCount;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
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
        Spread.write(shop, Labels.APART, 0, N / 2, 2);
        shop.awaitPredictions(N / 4);
        Configuration further = shop.stop(before);
        assertThat(shop.predictions()).as("the savepoint holds some").hasSizeLessThan(N / 2);
        addPartition(kafka);
        Spread.write(shop, Labels.APART, N / 2, N, 3);
        JobClient job = start(2, further);
        Spread.release(shop, N, 3);
        Spread.isLearnedOnce(shop, GAUGES, job, N);
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
        Spread.write(shop, Labels.APART, 0, N / 3, 3);
        shop.awaitPredictions(N / 6);
        Configuration further = shop.stop(job);
        job = start(2, further);
        Spread.write(shop, Labels.APART, N / 3, 2 * N / 3, 3);
        shop.awaitPredictions(N / 2);
        further = shop.stop(job);
        assertThat(shop.predictions()).as("the savepoint holds some").hasSizeLessThan(2 * N / 3);
        job = start(1, further);
        Spread.write(shop, Labels.APART, 2 * N / 3, N, 3);
        Spread.release(shop, N, 3);
        Spread.isLearnedOnce(shop, GAUGES, job, N);
        job.cancel().get();
        Spread.isAsUndisturbed(shop, N);
        assertThat(shop.allSnapshots())
                .extracting(each -> each.manifest().lineage())
                .hasSize(N / 320)
                .containsOnly(shop.lastSnapshot().manifest().lineage());
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
        Spread.write(shop, Labels.APART, 0, N / 2, 1);
        shop.awaitPredictions(N / 4);
        KILLS.kill(flink);
        Spread.write(shop, Labels.APART, N / 2, N, 1);
        assertThat(shop.awaitPredictions(3 * N / 4)).extracting(Prediction::id).doesNotHaveDuplicates();
    }

    private void survives(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink, Labels labels, String more)
            throws Exception {
        shop = Shop.open(broker, kafka, folder, 2);
        shop.client += ", partition.discovery.interval.ms: 200";
        JobClient job = Shop.run(shop.pipeline(labels, false, "", more));
        Spread.write(shop, labels, 0, N / 2, 2);
        shop.awaitPredictions(N / 4);
        addPartition(kafka);
        Spread.write(shop, labels, N / 2, 3 * N / 4, 3);
        shop.awaitPredictions(N / 2 + 1);
        KILLS.kill(flink);
        Spread.write(shop, labels, 3 * N / 4, N, 3);
        Spread.release(shop, N, 3);
        Spread.isLearnedOnce(shop, GAUGES, job, N);
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
}
