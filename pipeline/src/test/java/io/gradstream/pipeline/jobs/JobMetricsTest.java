package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.model.kernels.Kernels;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.pipeline.learn.LearnCount;
import io.gradstream.pipeline.learn.LearnGauge;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Flink's metrics of the two operators, under the names of docs/metrics.md: what they show is what the stream had. */
class JobMetricsTest {

    private static final Gauges GAUGES = new Gauges();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension().withTaskManagers(1, 4));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BATCH = 32;
    private static final int N = BATCH * 50;

    @TempDir
    Path folder;

    @Test
    void ofTheMainJob(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        JobID job = Shop.run(Mishaps.pipeline(shop, "")).getJobID();
        shop.write(shop.views, 0, IntStream.range(0, N).mapToObj(Shop::view).toList());
        await(
                "views wait for their labels' clock",
                () -> learn(job, LearnGauge.HELD_ROWS).equals(N));
        assertThat(learn(job, LearnCount.EVENTS)).isZero();
        assertThat(learn(job, LearnGauge.MODEL_VERSION)).isEqualTo(0L);
        assertThat(learn(job, LearnGauge.MODEL_AGE)).isEqualTo(-1L);
        assertThat(window(job, "accuracy")).isNaN();

        Mishaps.sales(shop, 0, N);
        shop.awaitPrediction("v" + (N - 2));
        await("the last", () -> learn(job, LearnCount.EVENTS) == N - 1);
        assertThat(learn(job, LearnCount.WAITING)).isPositive();
        assertThat(learn(job, LearnCount.EARLY)).isPositive();

        shop.write(shop.views, 0, List.of(Shop.view(10 * N)));
        shop.write(shop.sales, 0, List.of(Shop.sale(20 * N)));
        shop.awaitVersion(N / BATCH);
        Map<LearnCount, Long> counts = Mishaps.counts(N);
        counts.put(LearnCount.UNLABELLED, 0L);
        counts.put(LearnCount.WAITING, 0L);
        counts.put(LearnCount.EARLY, 0L);
        assertThat(counts).containsOnlyKeys(LearnCount.values());
        counts.forEach(
                (count, value) -> assertThat(learn(job, count)).as(count.key()).isEqualTo(value));
        assertThat(learn(job, LearnGauge.MODEL_VERSION)).isEqualTo((long) N / BATCH);
        assertThat(learn(job, LearnGauge.MODEL_AGE))
                .as("the last step is of what was known last")
                .isEqualTo(0L);
        assertThat(learn(job, LearnGauge.SKIPPED_STEPS)).isEqualTo(0L);
        assertThat(learn(job, LearnGauge.ROLLBACKS)).isEqualTo(0L);
        assertThat(((Number) learn(job, LearnGauge.LEARNING_RATE_FACTOR)).doubleValue())
                .isEqualTo(1);
        assertThat(((Number) learn(job, LearnGauge.LOSS)).doubleValue())
                .isFinite()
                .isBetween(0.01, 2.0);
        assertThat(((Number) learn(job, LearnGauge.STEP_NANOS)).longValue()).isPositive();
        assertThat(learn(job, LearnGauge.HELD_ROWS))
                .as("the two that released the others")
                .isEqualTo(2);
        assertThat(learn(job, LearnGauge.KERNELS)).isEqualTo(Kernels.description());
        lastWindow(shop)
                .forEach((metric, value) ->
                        assertThat(window(job, metric)).as(metric).isEqualTo(value));
    }

    @Test
    void ofTheScoringJob(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Snapshots snapshots = Snapshots.learned(GRADSTREAM, folder);
        Shop shop = Shop.open(broker, kafka, folder, 1);
        snapshots.publish(40, shop);
        StreamExecutionEnvironment env = Shop.environment();
        ScoringJob.build(env, shop.pipeline(Labels.IN_EVENT, false, "", ""));
        JobClient client = env.executeAsync();
        JobID job = client.getJobID();
        await("a model", () -> GAUGES.reading(job, "score.0.modelVersion").equals(40L));
        assertThat(GAUGES.reading(job, "score.0.modelAge")).isEqualTo(-1L);
        shop.write(shop.views, 0, List.of(Shop.view(2500), "no view", Shop.view(2600), Shop.view(2400)));
        List<Prediction> predictions = shop.awaitPredictions(3);

        assertThat(GAUGES.reading(job, "score.0.events")).isEqualTo(4L);
        assertThat(GAUGES.reading(job, "score.0.deadEvents")).isEqualTo(1L);
        assertThat(GAUGES.reading(job, "score.0.modelAge"))
                .as("of the newest view")
                .isEqualTo(predictions.get(1).modelAge())
                .isEqualTo(Shop.time(2600) - Shop.time(40 * BATCH - 1));
        assertThat(GAUGES.reading(job, "score.0.swaps")).isEqualTo(0L);
        assertThat(GAUGES.reading(job, "score.0.refusedSnapshots")).isEqualTo(0L);
        assertThat(GAUGES.reading(job, "score.0.unreadableSnapshots")).isEqualTo(0L);
        assertThat(GAUGES.reading(job, "score.0.kernels")).isEqualTo(Kernels.description());
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(condition);
    }

    private static Map<String, Double> lastWindow(Shop shop) throws Exception {
        List<Evaluation> windows = shop.evaluations().stream()
                .filter(each -> each.scope() == Evaluation.Scope.WINDOW)
                .toList();
        return windows.get(windows.size() - 1).metrics();
    }

    private static long learn(JobID job, LearnCount count) {
        return (Long) GAUGES.reading(job, "learn.0." + count.key());
    }

    private static Object learn(JobID job, LearnGauge gauge) {
        return GAUGES.reading(job, "learn.0." + gauge.key());
    }

    private static double window(JobID job, String metric) {
        return (Double) GAUGES.reading(job, "learn.0.window." + metric);
    }
}
