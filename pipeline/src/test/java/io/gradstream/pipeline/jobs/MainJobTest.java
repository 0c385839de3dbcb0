package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

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

    private static void finish(Pipeline pipeline) throws Exception {
        JobClient job = Shop.run(pipeline);
        job.getJobExecutionResult().get(90, TimeUnit.SECONDS);
    }

    static String[] ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "v" + i).toArray(String[]::new);
    }
}
