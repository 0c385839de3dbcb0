package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job between real topics. */
class MainJobTest {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withTaskManagers(1, 4);

    private static final int N = 2000;

    @TempDir
    Path folder;

    @Test
    void labelsInTheEvent(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        shop.write(
                shop.views,
                0,
                IntStream.range(0, N).mapToObj(Shop::labelledView).toList());
        finish(shop.pipeline(Labels.IN_EVENT, true, "", ""));

        assertThat(shop.predictions()).extracting(Prediction::id).containsExactly(ids(0, N));
        assertThat(shop.lastSnapshot().manifest().version()).isEqualTo(N / 32);
        List<Evaluation> evaluations = shop.evaluations();
        Evaluation last = evaluations.get(evaluations.size() - 1);
        assertThat(last.scope()).isEqualTo(Evaluation.Scope.ALL);
        assertThat(last.examples()).isEqualTo(N);
        assertThat(last.metrics().get("accuracy")).isGreaterThan(0.7);
    }

    /** With the rows of an unfinished mini-batch, under the same lineage: as if it had never ended. */
    @ParameterizedTest
    @ValueSource(strings = {"topic", "first.safetensors"})
    void goesOnFromASnapshot(String from, EmbeddedBroker broker, TestTopics kafka) throws Exception {
        int some = 1000;
        Shop shop = Shop.open(broker, kafka, folder, 1);
        shop.write(
                shop.views,
                0,
                IntStream.range(0, some).mapToObj(Shop::labelledView).toList());
        finish(shop.pipeline(Labels.IN_EVENT, true, "", ""));
        Snapshot first = shop.lastSnapshot();
        Files.write(folder.resolve("first.safetensors"), first.bytes());
        shop.write(
                shop.views,
                0,
                IntStream.range(some, N).mapToObj(Shop::labelledView).toList());
        Shop next = from.equals("topic") ? shop : shop.again();
        finish(next.load("""
                input: {topic: %1$s, format: json, id: id, time: time, bounded: true, start-offsets: "%1$s-0:%2$s"}
                features:
                  - numeric: [price, visits]
                  - {categorical: country, buckets: 64}
                label: {field: sold}
                start-from: %3$s
                """.formatted(shop.views, some, from)));
        Shop undisturbed = shop.again();
        finish(undisturbed.pipeline(Labels.IN_EVENT, true, "", ""));

        Snapshot last = next.lastSnapshot();
        assertThat(last.manifest().lineage()).isEqualTo(first.manifest().lineage());
        assertThat(Shop.weights(last)).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
        List<Prediction> served = next.predictions();
        assertThat(served.subList(served.size() - (N - some), served.size()))
                .extracting(Prediction::id, Prediction::version)
                .isEqualTo(undisturbed.predictions().subList(some, N).stream()
                        .map(prediction -> tuple(prediction.id(), prediction.version()))
                        .toList());
    }

    @Test
    void labelsOnATopicOfTheirOwn(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 2);
        for (int partition = 0; partition < 2; partition++) {
            int p = partition;
            shop.write(
                    shop.views,
                    p,
                    IntStream.range(0, N)
                            .filter(i -> i % 2 == p)
                            .mapToObj(Shop::view)
                            .toList());
            shop.write(
                    shop.sales,
                    p,
                    IntStream.range(0, N)
                            .filter(i -> i % 2 == p)
                            .mapToObj(Shop::sale)
                            .toList());
        }
        finish(shop.pipeline(Labels.APART, true, "", "order: event-time"));

        assertThat(shop.predictions()).extracting(Prediction::id).containsExactly(ids(0, N));
        assertThat(shop.lastSnapshot().manifest().version()).isEqualTo(N / 32);
    }

    /** Offsets of events and of labels are in one list; each input takes its own. */
    @Test
    void eachInputStartsAtItsOwnOffsets(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        shop.write(shop.views, 0, IntStream.range(0, N).mapToObj(Shop::view).toList());
        shop.write(shop.sales, 0, IntStream.range(0, N).mapToObj(Shop::sale).toList());
        finish(shop.load("""
                input: {topic: %1$s, format: json, id: id, time: time, bounded: true, start-offsets: "%1$s-0:100,%2$s-0:200"}
                features:
                  - numeric: [price, visits]
                label: {field: sold, topic: %2$s, id: id, time: time, wait: 60s}
                order: event-time
                """.formatted(shop.views, shop.sales)));

        assertThat(shop.predictions()).extracting(Prediction::id).containsExactly(ids(100, N));
        assertThat(shop.lastSnapshot().manifest().version()).isEqualTo((N - 200) / 32);
    }

    /** One partition of each input never gets a record. The longest id that is taken is among those of the other. */
    @Test
    void anIdlePartitionStallsNothing(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 2);
        String longest = "€".repeat(1024);
        List<String> views = new ArrayList<>();
        List<String> sales = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String id = i == 500 ? longest : i == 600 ? longest + "€" : "v" + i;
            views.add(Shop.view(i).replace("v" + i, id));
            sales.add(Shop.sale(i).replace("v" + i, id));
        }
        shop.write(shop.views, 0, views);
        shop.write(shop.sales, 0, sales);
        shop.idleAfter = "1s";
        Shop.run(shop.pipeline(Labels.APART, false, "", "order: event-time"));

        List<Prediction> predictions = shop.awaitPredictions(998);
        assertThat(predictions.subList(499, 502)).extracting(Prediction::id).containsExactly("v499", longest, "v501");
        long known = IntStream.range(0, 1000)
                .filter(i -> i != 600 && Shop.soldAt(i) <= Shop.time(998))
                .count();
        assertThat(predictions).extracting(Prediction::version).last().isEqualTo(known / 32);
        assertThat(shop.deadLetters())
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo("id-too-long"))
                .allSatisfy(letter -> assertThat(letter.message()).contains("1025 characters; at most 1024"));
    }

    /** One view in two is never sold. Defaults are learned when the last partition of the sales has come far enough, and not before. */
    @Test
    void defaultsWaitForTheSlowestPartitionOfTheLabels(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 2);
        int views = 8000;
        shop.write(shop.views, 0, IntStream.range(0, views).mapToObj(Shop::view).toList());
        List<String> sales =
                IntStream.range(0, views / 2).mapToObj(i -> Shop.sale(2 * i)).toList();
        shop.write(shop.sales, 0, sales);
        Shop.run(shop.pipeline(Labels.APART, false, "  default: 0\n", ""));
        shop.awaitPredictions(views);
        shop.write(shop.sales, 1, List.of(Shop.sale(views), Shop.sale(views + 1)));
        shop.write(shop.sales, 0, List.of(Shop.sale(views + 2)));
        int steps = (views / 2 + expired(views)) / 32;
        shop.awaitVersion(steps / 10 * 10);
        assertThat(shop.allSnapshots())
                .allSatisfy(
                        snapshot -> assertThat(snapshot.manifest().version()).isLessThanOrEqualTo(steps));
    }

    /** Odd ones whose wait of a minute is over when the sale of the last is known. */
    private static int expired(int views) {
        long clock = Math.min(Shop.soldAt(views), Shop.soldAt(views + 1)) - 1;
        return (int) IntStream.range(0, views)
                .filter(i -> i % 2 == 1 && Shop.time(i) + 60_000 <= Math.min(clock, Shop.time(views - 1) - 1))
                .count();
    }

    /** With a backlog labels are read no further ahead than their events wait; events wait for labels in event-time order only. */
    @Test
    void readsLabelsOnlySoFarAhead(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        Duration wait = Duration.ofSeconds(60);
        Pipeline ordered = shop.pipeline(Labels.APART, true, "", "order: event-time");
        assertThat(ahead(ordered, "kafka-labels")).isEqualTo(wait);
        assertThat(ahead(ordered, "kafka-events")).isEqualTo(wait);
        Pipeline arriving = shop.pipeline(Labels.APART, true, "", "");
        assertThat(ahead(arriving, "kafka-labels")).isEqualTo(wait);
        assertThat(ahead(arriving, "kafka-events")).isGreaterThan(Duration.ofDays(36_500));
    }

    private static Duration ahead(Pipeline pipeline, String source) {
        StreamExecutionEnvironment env = Shop.environment();
        MainJob.build(env, pipeline);
        return env.getTransformations().stream()
                .flatMap(each -> each.getTransitivePredecessors().stream())
                .filter(each -> source.equals(each.getUid()))
                .map(each -> (SourceTransformation<?, ?, ?>) each)
                .map(each -> each.getWatermarkStrategy().getAlignmentParameters())
                .map(each -> Duration.ofMillis(each.getMaxAllowedWatermarkDrift()))
                .findFirst()
                .orElseThrow();
    }

    private static void finish(Pipeline pipeline) throws Exception {
        JobClient job = Shop.run(pipeline);
        job.getJobExecutionResult().get(90, TimeUnit.SECONDS);
    }

    static String[] ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "v" + i).toArray(String[]::new);
    }
}
