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
import java.util.concurrent.TimeUnit;
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

    private static final Kills KILLS = new Kills();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 4);

    private static final int N = 32 * 10 * 30;
    private static final int AT_ONCE = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

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
        KILLS.kill(flink);
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
        KILLS.whileFed(shop, flink, job, N, AT_ONCE, feed);
        // What is held for order is released by rows that are far ahead; they meet no label and no event.
        shop.write(shop.views, 0, List.of(Shop.view(10 * N)));
        shop.write(shop.sales, 0, List.of(Shop.sale(20 * N)));
        shop.awaitPredictions(N);
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> version(shop) == N / 32);
        assertThat(Shop.attempts(flink, job)).as("attempts").isGreaterThanOrEqualTo(Kills.WHILE_FED);
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
    static String line(Prediction prediction) {
        return prediction.id() + " " + prediction.version() + " " + prediction.modelAge() + " " + prediction.score(0)
                + " " + prediction.duplicate();
    }
}
