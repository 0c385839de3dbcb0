package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.pipeline.learn.LearnCount;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;

/** Views and sales of a {@link Shop} in several partitions; each sale lies in another one than its view. */
final class Spread {
    private static final long PATIENCE_SECONDS = 90;

    private Spread() {}

    static void write(Shop shop, Labels labels, int from, int to, int partitions) {
        write(shop, shop.views, labels == Labels.IN_EVENT ? Shop::labelledView : Shop::view, from, to, partitions, 0);
        if (labels == Labels.APART) {
            write(shop, shop.sales, Shop::sale, from, to, partitions, 1);
        }
    }

    private static void write(
            Shop shop, String topic, IntFunction<String> row, int from, int to, int partitions, int shift) {
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

    /** What is held for order is released by rows that are far ahead of so many; they meet no label and no event. */
    static void release(Shop shop, int rows, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            shop.write(shop.views, partition, List.of(Shop.view(4 * rows + partition)));
            shop.write(shop.sales, partition, List.of(Shop.sale(8 * rows + partition)));
        }
    }

    /** So many labels were learned once, and nothing went another way. */
    static void isLearnedOnce(Shop shop, Gauges gauges, JobClient job, int rows) throws Exception {
        shop.awaitVersion(rows / 32);
        shop.awaitPredictions(rows);
        assertThat(gauges.value(job.getJobID(), "learn", LearnCount.LEARNED.key()))
                .isEqualTo(rows);
        for (LearnCount none : new LearnCount[] {
            LearnCount.DUPLICATE_EVENTS, LearnCount.DUPLICATE_LABELS, LearnCount.LATE_LABELS, LearnCount.EXPIRED
        }) {
            assertThat(gauges.value(job.getJobID(), "learn", none.key()))
                    .as(none.key())
                    .isZero();
        }
        assertThat(shop.lastSnapshot().manifest().version()).isEqualTo(rows / 32);
    }

    /** So many views were predicted once, in the same order and to the same weights as by a job that nothing happens to; sales are apart. */
    static void isAsUndisturbed(Shop shop, int rows) throws Exception {
        Shop undisturbed = shop.again();
        Shop.run(undisturbed.pipeline(Labels.APART, true, "", "order: event-time"))
                .getJobExecutionResult()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(shop.predictions())
                .extracting(Prediction::id)
                .startsWith(MainJobTest.ids(0, rows))
                .doesNotHaveDuplicates();
        assertThat(shop.predictions().stream().map(CrashTest::line).limit(rows))
                .containsExactlyElementsOf(undisturbed.predictions().stream()
                        .map(CrashTest::line)
                        .limit(rows)
                        .toList());
        assertThat(Shop.weights(shop.lastSnapshot())).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
    }
}
