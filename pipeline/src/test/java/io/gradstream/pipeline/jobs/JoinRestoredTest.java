package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.learn.LearnCount;
import io.gradstream.pipeline.learn.LearnGauge;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All that a join keeps in event-time order (events that wait, rows that are held, ids that are learned, timers of default labels) goes on
 * from where it was when a TaskManager dies, on the heap and in RocksDB, and when the broker goes away: each label comes to the
 * same, and so do the weights.
 */
@Timeout(240)
class JoinRestoredTest {

    private static final Gauges GAUGES = new Gauges();
    private static final Kills KILLS = new Kills();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension().withTaskManagers(1, 4));

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int BATCH = 32;
    private static final int N = BATCH * 100;
    private static final int AT_ONCE = 25;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void afterKills(String backend, EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        JobClient job = Shop.run(Mishaps.pipeline(shop, ""), on(backend));
        fedAndKilled(shop, flink, job);
        assertThat(incremental()).as("shared by checkpoints").isEqualTo(backend.equals("rocksdb"));
        isAsUndisturbed(shop);
    }

    /** One that clients wait out, and one that lasts until the job is restarted; both with predictions in an open transaction. */
    @Test
    void afterOutagesOfTheBroker(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        shop.client += Network.IMPATIENT;
        shop.checkpointInterval = "2s";
        JobClient job = Shop.run(Mishaps.pipeline(shop, ""));
        int written = untilATransactionIsOpen(shop, 0);
        assertThat(GAUGES.value(job.getJobID(), "learn", LearnCount.WAITING.key()))
                .isPositive();
        assertThat(GAUGES.value(job.getJobID(), "learn", LearnGauge.HELD_ROWS.key()))
                .isPositive();
        broker.stop();
        broker.restart();

        written = untilATransactionIsOpen(shop, written);
        int attempts = Shop.attempts(flink, job);
        broker.stop();
        Awaitility.await("a restart").atMost(PATIENCE).until(() -> Shop.attempts(flink, job) > attempts);
        broker.restart();
        Mishaps.write(shop, written, N);
        finish(shop, job);
        isAsUndisturbed(shop);
    }

    /** What comes again is what came before. */
    @Test
    void afterKillsWherePredictionsMayComeTwice(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        JobClient job = Shop.run(Mishaps.pipeline(shop, "delivery: at-least-once"));
        fedAndKilled(shop, flink, job);
        Shop undisturbed = undisturbed(shop);
        assertThat(shop.predictions().stream().map(CrashTest::line).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        undisturbed.predictions().stream().map(CrashTest::line).toList());
        assertThat(shop.deadLetters().stream().map(DeadLetter::offset).distinct())
                .containsExactlyElementsOf(undisturbed.deadLetters().stream()
                        .map(DeadLetter::offset)
                        .toList());
        assertThat(Shop.weights(shop.lastSnapshot())).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
    }

    /** In the format that all state backends read. */
    @ParameterizedTest
    @CsvSource({"hashmap, rocksdb", "rocksdb, hashmap"})
    void aSavepointGoesOnElsewhere(String from, String to, EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        JobClient before = Shop.run(Mishaps.pipeline(shop, ""), on(from));
        Mishaps.write(shop, 0, N / 2);
        shop.awaitPredictions(N / 4);
        Configuration further = shop.stop(before);
        assertThat(shop.predictions()).as("the savepoint holds some").hasSizeLessThan(N / 2);
        further.addAll(on(to));
        JobClient job = Shop.run(Mishaps.pipeline(shop, ""), further);
        Mishaps.write(shop, N / 2, N);
        finish(shop, job);
        isAsUndisturbed(shop);
    }

    private static void fedAndKilled(Shop shop, MiniCluster flink, JobClient job) throws Exception {
        KILLS.whileFed(shop, flink, job, N, AT_ONCE, from -> Mishaps.write(shop, from, from + AT_ONCE));
        finish(shop, job);
        assertThat(Shop.attempts(flink, job)).isGreaterThanOrEqualTo(Kills.WHILE_FED);
    }

    /** Writes views from a number on, and gives the number of the first that is not written. */
    private static int untilATransactionIsOpen(Shop shop, int from) throws Exception {
        int to = from + N / 4;
        Mishaps.write(shop, from, to);
        shop.awaitPrediction("v" + (from + N / 8));
        while (shop.kafka.readUncommitted(shop.predictions).size()
                == shop.predictions().size()) {
            Mishaps.write(shop, to, to + AT_ONCE);
            to += AT_ONCE;
            assertThat(to).isLessThan(from + N / 2);
        }
        return to;
    }

    private Configuration on(String backend) {
        Configuration settings = new Configuration();
        settings.setString("state.backend.type", backend);
        settings.setString("execution.checkpointing.incremental", "true");
        settings.setString(
                "execution.checkpointing.dir",
                folder.resolve("checkpoints").toUri().toString());
        settings.setString("state.storage.fs.memory-threshold", "0b");
        settings.setString("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        return settings;
    }

    /** Whether checkpoints share files. */
    private boolean incremental() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("checkpoints"))) {
            return files.anyMatch(
                    file -> Files.isRegularFile(file) && file.getParent().endsWith("shared"));
        }
    }

    /** What is held for order is released by rows that are far ahead; they stay held themselves. */
    private static void finish(Shop shop, JobClient job) throws Exception {
        shop.write(shop.views, 0, List.of(Shop.view(10 * N)));
        shop.write(shop.sales, 0, List.of(Shop.sale(20 * N)));
        await(shop, job);
        job.cancel().get();
        Awaitility.await("the end")
                .atMost(PATIENCE)
                .until(() -> job.getJobStatus().get().isTerminalState());
    }

    private static void await(Shop shop, JobClient job) {
        Awaitility.await("what became of each label")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(counts(job.getJobID())).isEqualTo(Mishaps.counts(N)));
        Awaitility.await("the last snapshot")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> shop.lastSnapshot().manifest().version() == N / BATCH);
    }

    private static Map<LearnCount, Long> counts(JobID job) {
        Map<LearnCount, Long> counts = new EnumMap<>(LearnCount.class);
        Mishaps.counts(N).keySet().forEach(count -> counts.put(count, GAUGES.value(job, "learn", count.key())));
        return counts;
    }

    private static void isAsUndisturbed(Shop shop) throws Exception {
        Shop undisturbed = undisturbed(shop);
        assertThat(shop.predictions().stream().map(CrashTest::line))
                .containsExactlyElementsOf(
                        undisturbed.predictions().stream().map(CrashTest::line).toList());
        assertThat(shop.predictions()).extracting(Prediction::id).containsExactly(MainJobTest.ids(0, N));
        assertThat(Shop.weights(shop.lastSnapshot())).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
        assertThat(shop.deadLetters())
                .extracting(DeadLetter::offset)
                .containsExactlyElementsOf(undisturbed.deadLetters().stream()
                        .map(DeadLetter::offset)
                        .toList());
    }

    private static Shop undisturbed(Shop shop) throws Exception {
        Shop undisturbed = shop.again();
        JobClient job = Shop.run(Mishaps.pipeline(undisturbed, ""));
        await(undisturbed, job);
        job.cancel().get();
        return undisturbed;
    }
}
