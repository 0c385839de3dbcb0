package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * TaskManagers die in the middle of everything while data comes in. What a read_committed reader sees afterwards, and the weights
 * to the bit, are those of a run that nothing happened to.
 */
class CrashTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 4);

    private static final int N = 32 * 10 * 30;
    private static final int AT_ONCE = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Index of the TaskManager that lives; each new one gets the next. */
    private static int taskManager;

    @TempDir
    Path folder;

    @Test
    void labelsInTheEvent(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        survives(shop, Labels.IN_EVENT, "", flink, from -> write(shop, from, Shop::labelledView));
    }

    @Test
    void labelsOnATopicOfTheirOwnInEventTimeOrder(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        survives(shop, Labels.APART, "order: event-time", flink, from -> {
            write(shop, from, Shop::view);
            shop.write(
                    shop.sales,
                    0,
                    IntStream.range(from, from + AT_ONCE).mapToObj(Shop::sale).toList());
        });
    }

    @Test
    void anIdThatWasLearnedBeforeAKillIsNotLearnedAfterIt(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        int first = 32 * 5;
        Shop shop = Shop.open(broker, kafka, folder, 1);
        List<String> views =
                IntStream.range(0, 2 * first).mapToObj(Shop::labelledView).toList();
        JobClient job = Shop.run(shop.pipeline(Labels.IN_EVENT, false, "", ""));
        shop.write(shop.views, 0, views.subList(0, first));
        shop.awaitPredictions(first);
        flink.terminateTaskManager(taskManager++).get();
        flink.startTaskManager();
        shop.write(shop.views, 0, views);
        List<Prediction> predictions = shop.awaitPredictions(3 * first);
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> version(shop) == 10);
        job.cancel().get();

        assertThat(predictions.subList(first, 2 * first)).allMatch(Prediction::duplicate);
        assertThat(predictions.subList(first, 2 * first)).allMatch(each -> each.version() == 5);
        assertThat(predictions.subList(2 * first, 3 * first)).noneMatch(Prediction::duplicate);
        assertThat(predictions.subList(2 * first, 3 * first))
                .extracting(Prediction::version)
                .last()
                .isEqualTo(9L);
    }

    private void survives(Shop shop, Labels labels, String more, MiniCluster flink, IntConsumer feed) throws Exception {
        JobClient job = Shop.run(shop.pipeline(labels, false, "", more));
        feed(feed, shop, flink, job);
        // What is held for order is released by rows that are far ahead; they meet no label and no event.
        shop.write(shop.views, 0, List.of(Shop.view(10 * N)));
        shop.write(shop.sales, 0, List.of(Shop.sale(20 * N)));
        shop.awaitPredictions(N);
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> version(shop) == N / 32);
        assertThat(Shop.attempts(flink, job)).as("attempts, with four kills").isGreaterThanOrEqualTo(4);
        job.cancel().get();

        Shop undisturbed = shop.again();
        Shop.run(undisturbed.pipeline(labels, true, "", more))
                .getJobExecutionResult()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(shop.predictions().stream().map(CrashTest::line).limit(N))
                .containsExactlyElementsOf(undisturbed.predictions().stream()
                        .map(CrashTest::line)
                        .limit(N)
                        .toList());
        assertThat(shop.predictions()).extracting(Prediction::id).startsWith(MainJobTest.ids(0, N));
        assertThat(Shop.weights(shop.lastSnapshot())).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
        assertThat(shop.allSnapshots())
                .hasSameSizeAs(undisturbed.allSnapshots())
                .hasSize(30);
        assertThat(windows(shop)).isEqualTo(windows(undisturbed));
        assertThat(shop.deadLetters()).isEmpty();
    }

    /** Writes while the job runs, and kills its TaskManager four times. */
    private static void feed(IntConsumer feed, Shop shop, MiniCluster flink, JobClient job) throws Exception {
        ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();
        try {
            AtomicInteger next = new AtomicInteger();
            feeder.scheduleAtFixedRate(
                    () -> {
                        if (next.get() < N) {
                            feed.accept(next.getAndAdd(AT_ONCE));
                        }
                    },
                    0,
                    50,
                    TimeUnit.MILLISECONDS);
            for (int kill = 1; kill <= 4; kill++) {
                shop.awaitPredictions(kill * N / 6);
                flink.terminateTaskManager(taskManager++).get();
                flink.startTaskManager();
                int attempts = kill;
                Awaitility.await().atMost(PATIENCE).until(() -> Shop.attempts(flink, job) >= attempts);
            }
            Awaitility.await().atMost(PATIENCE).until(() -> next.get() >= N);
        } finally {
            feeder.shutdown();
            assertThat(feeder.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private static void write(Shop shop, int from, IntFunction<String> row) {
        shop.write(
                shop.views,
                0,
                IntStream.range(from, from + AT_ONCE).mapToObj(row).toList());
    }

    private static long version(Shop shop) throws Exception {
        return shop.lastSnapshot().manifest().version();
    }

    private static List<String> windows(Shop shop) throws Exception {
        return shop.evaluations().stream()
                .filter(evaluation -> evaluation.scope() == Evaluation.Scope.WINDOW)
                .map(evaluation -> evaluation.eventTime() + " " + evaluation.metrics())
                .toList();
    }

    /** All of a prediction but the lineage, which is another one in each run. */
    private static String line(Prediction prediction) {
        return prediction.id() + " " + prediction.version() + " " + prediction.modelAge() + " " + prediction.score(0)
                + " " + prediction.duplicate();
    }
}
