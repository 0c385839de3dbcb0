package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.pipeline.score.ScoreMetric;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scoring job on two partitions through what can happen to its broker, its network, its tasks and its topics. A read_committed reader
 * sees each event once, and in no partition a model older than one before it. Its time is spent on the newer JDK only.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(300)
class ScoringFaultsTest {
    private static final Network NETWORK = new Network();
    private static final Gauges GAUGES = new Gauges();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension()
            .withTaskManagers(1, 2)
            .withBrokerSetting("advertised.listeners", Network.LISTENER + "://" + NETWORK.address()));

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int STAGE = 200;

    /** Of two lineages. */
    private static Snapshots first;

    private static Snapshots second;

    /** Index of the TaskManager that lives; each new one gets the next. */
    private static int taskManager;

    @TempDir
    static Path folder;

    private Shop shop;
    private JobClient job;
    private int written;

    @BeforeAll
    static void learn(EmbeddedBroker broker) throws Exception {
        NETWORK.leadTo(broker.address(Network.LISTENER));
        first = Snapshots.learned(GRADSTREAM, folder);
        second = Snapshots.learned(GRADSTREAM, folder);
    }

    @AfterAll
    static void close() throws Exception {
        NETWORK.close();
    }

    @Test
    void outageCutKillAndRescaling(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        open(broker, kafka);
        first.publish(10, shop);
        start(2, null);
        stage();

        broker.stop();
        int attempts = Shop.attempts(flink, job);
        await("restarts, the last since no model can be read", () -> Shop.attempts(flink, job) > attempts + 1);
        broker.restart();
        stage();

        NETWORK.cut();
        first.publish(20, shop);
        write();
        int connections = NETWORK.connections();
        await("connections anew", () -> NETWORK.connections() > connections);
        NETWORK.heal();
        shop.awaitPredictions(written);
        awaitServed(first, 20);

        write();
        kill(flink);
        first.publish(30, shop);
        awaitServed(first, 30);

        startOnce(2, stop(), "60s");
        stage();
        write();
        start(1, crash(flink));
        stage();
        first.publish(40, shop);
        awaitServed(first, 40);
        write();
        start(2, stop());
        stage();
        eachIsSeenOnceByModelsInOrder();

        String savepoint = stop();
        shop = shop.again();
        first.publish(30, shop);
        startOnce(1, savepoint, "2s");
        assertThatThrownBy(() -> job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasStackTraceContaining("there is version 30")
                .hasStackTraceContaining("what was served before was");
    }

    @Test
    void anotherLineageAndATopicThatIsDeletedAndMadeAgain(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        open(broker, kafka);
        first.publish(40, shop);
        start(2, null);
        stage();
        second.publish(10, shop);
        awaitServed(second, 10);
        kill(flink);
        stage();

        long unreadable = unreadable();
        try (Admin admin = Admin.create(kafka.client())) {
            admin.deleteTopics(List.of(shop.snapshots)).all().get();
            await("it is counted that the topic is gone", () -> unreadable() > unreadable);
            stage();
            assertThat(unreadable()).as("counted once").isEqualTo(unreadable + 1);
            broker.createTopic(shop.snapshots, 1, Map.of("cleanup.policy", "compact"));
        }
        first.publish(50, shop);
        awaitServed(first, 50);
        eachIsSeenOnce();
    }

    private void open(EmbeddedBroker broker, TestTopics kafka) {
        shop = Shop.open(broker, kafka, folder, 2);
        shop.client = NETWORK.client();
    }

    private void start(int subtasks, String from) throws Exception {
        start(subtasks, from, "1s", "fixed-delay");
    }

    private void startOnce(int subtasks, String from, String waitForModel) throws Exception {
        start(subtasks, from, waitForModel, "none");
    }

    private void start(int subtasks, String from, String waitForModel, String restarts) throws Exception {
        Pipeline pipeline = shop.pipeline(
                Labels.IN_EVENT, false, "", "parallelism: {score: " + subtasks + "}\nwait-for-model: " + waitForModel);
        StreamExecutionEnvironment env = Shop.environment();
        Configuration more = new Configuration();
        more.setString("restart-strategy.type", restarts);
        more.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        more.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                checkpoints().toUri().toString());
        more.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        if (from != null) {
            more.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
        }
        env.configure(more);
        ScoringJob.build(env, pipeline);
        job = env.executeAsync();
    }

    private String stop() throws Exception {
        return job.stopWithSavepoint(
                        false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void kill(MiniCluster flink) throws Exception {
        int attempts = Shop.attempts(flink, job);
        flink.terminateTaskManager(taskManager++).get();
        flink.startTaskManager();
        await("a restart", () -> Shop.attempts(flink, job) > attempts);
    }

    /** The job and all that it would still say to Kafka are gone, and its transactions open; gives its newest checkpoint. */
    private String crash(MiniCluster flink) throws Exception {
        NETWORK.cut();
        flink.terminateTaskManager(taskManager++).get();
        await("the job has failed", () -> job.getJobStatus().get() == JobStatus.FAILED);
        NETWORK.reset();
        NETWORK.heal();
        flink.startTaskManager();
        try (Stream<Path> all = Files.list(checkpoints().resolve(job.getJobID().toString()))) {
            return all.filter(each -> Files.exists(each.resolve("_metadata")))
                    .max(Comparator.comparingInt(each ->
                            Integer.parseInt(each.getFileName().toString().replace("chk-", ""))))
                    .orElseThrow()
                    .toUri()
                    .toString();
        }
    }

    private static Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** Events that all come through. */
    private void stage() throws Exception {
        write();
        shop.awaitPredictions(written);
    }

    /** Even ones into one partition, odd ones into the other. */
    private void write() {
        for (int partition = 0; partition < 2; partition++) {
            int p = partition;
            shop.write(
                    shop.views,
                    p,
                    IntStream.range(written, written + STAGE)
                            .filter(i -> i % 2 == p)
                            .mapToObj(Shop::view)
                            .toList());
        }
        written += STAGE;
    }

    /** Writes events until one of each partition is scored by it. */
    private void awaitServed(Snapshots of, long version) throws Exception {
        String lineage = of.model(version).info().lineage();
        Awaitility.await("version " + version + " of " + lineage)
                .atMost(PATIENCE)
                .until(() -> {
                    stage();
                    return shop.predictions().stream()
                                    .filter(each -> each.version() == version
                                            && each.lineage().equals(lineage))
                                    .map(Prediction::partition)
                                    .distinct()
                                    .count()
                            == 2;
                });
    }

    private long unreadable() {
        return GAUGES.value(job.getJobID(), "score", ScoreMetric.UNREADABLE_SNAPSHOTS.key());
    }

    private void eachIsSeenOnce() throws Exception {
        assertThat(shop.predictions())
                .extracting(Prediction::id)
                .containsExactlyInAnyOrder(MainJobTest.ids(0, written));
        assertThat(shop.deadLetters()).isEmpty();
        for (int partition = 0; partition < 2; partition++) {
            assertThat(of(partition)).extracting(Prediction::offset).isSorted();
        }
    }

    private void eachIsSeenOnceByModelsInOrder() throws Exception {
        eachIsSeenOnce();
        for (int partition = 0; partition < 2; partition++) {
            assertThat(of(partition)).extracting(Prediction::version).isSorted().containsOnly(10L, 20L, 30L, 40L);
        }
    }

    private List<Prediction> of(int partition) throws Exception {
        return shop.predictions().stream()
                .filter(each -> each.partition() == partition)
                .toList();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }
}
