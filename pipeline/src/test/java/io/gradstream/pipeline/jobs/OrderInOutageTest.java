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
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Event-time order over an outage that is longer than {@code idle-after}. */
@Timeout(180)
class OrderInOutageTest {
    private static final Network NETWORK = new Network();
    private static final Gauges GAUGES = new Gauges();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension()
            .withTaskManagers(1, 2)
            .withBrokerSetting("advertised.listeners", Network.LISTENER + "://" + NETWORK.address()));

    private static final int N = 200;
    private static final Duration OUTAGE = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private Shop shop;

    @AfterAll
    static void close() throws Exception {
        NETWORK.close();
    }

    /** Each answer brings rows of one partition, and is slow: what the other one has comes much later. */
    @Test
    void rowsOfAllPartitionsAreWaitedFor(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        NETWORK.leadTo(broker.address(Network.LISTENER));
        shop = Shop.open(broker, kafka, folder, 2);
        shop.idleAfter = "1s";
        shop.client = "bootstrap.servers: \"" + NETWORK.address()
                + "\", max.partition.fetch.bytes: 1000, fetch.max.bytes: 1000";
        JobClient job = Shop.run(shop.pipeline(Labels.IN_EVENT, false, "", "order: event-time"));
        write(0, N);
        shop.awaitPredictions(N - 1); // the last one is held until a later one comes
        long cut = System.nanoTime();
        NETWORK.cut();
        write(N, 2 * N);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() - cut > OUTAGE.toNanos());
        NETWORK.heal();
        NETWORK.delay(Duration.ofMillis(500));
        shop.awaitPredictions(2 * N - 1);
        assertThat(shop.predictions()).extracting(Prediction::id).containsExactly(MainJobTest.ids(0, 2 * N - 1));
        assertThat(GAUGES.value(job.getJobID(), "learn", LearnCount.OUT_OF_ORDER.key()))
                .isZero();
        NETWORK.heal();
    }

    private void write(int from, int to) {
        for (int partition = 0; partition < 2; partition++) {
            int p = partition;
            shop.write(
                    shop.views,
                    p,
                    IntStream.range(from, to)
                            .filter(i -> i % 2 == p)
                            .mapToObj(Shop::labelledView)
                            .toList());
        }
    }
}
