package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.pipeline.learn.LearnCount;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that runs for ever: over ten times the data its heap is the same. */
class SteadyHeapTest {

    private static final Gauges GAUGES = new Gauges();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension().withTaskManagers(1, 4));

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int N = 20_000;
    private static final int AT_ONCE = 2_000;

    /** Rows of the last seconds wait for the watermark. */
    private static final int HELD = 2_000;

    private static final Duration SETTLED = Duration.ofSeconds(20);

    /** Kafka's producer keeps the buffers of its fullest moment, 32 MB unless told otherwise. */
    private static final int POOL = 4 << 20;

    /** 40 bytes for each event or label, if they were kept. */
    private static final long MARGIN = 40L * 2 * 9 * N;

    @TempDir
    Path folder;

    @Test
    void theSteadyHeapIsTheSameOverTenTimesTheData(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        shop.client += ", buffer.memory: " + POOL;
        JobClient job = Shop.run(shop.pipeline(Labels.APART, false, "", "order: event-time"));
        feed(shop, job, 0, N);
        long once = usedHeap();
        feed(shop, job, N, 10 * N);
        Awaitility.await("what is on its way has arrived").atMost(SETTLED).untilAsserted(() -> {
            long tenTimes = usedHeap();
            assertThat(tenTimes - once)
                    .as("heap grew from %,d to %,d bytes", once, tenTimes)
                    .isLessThan(MARGIN);
        });
    }

    private static void feed(Shop shop, JobClient job, int from, int to) {
        for (int at = from; at < to; at += AT_ONCE) {
            write(shop, shop.views, at, Shop::view);
            write(shop, shop.sales, at, Shop::sale);
        }
        Awaitility.await("all but the last are processed")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(() -> GAUGES.value(job.getJobID(), "learn", LearnCount.EVENTS.key())
                                + GAUGES.value(job.getJobID(), "learn", LearnCount.LABELS.key())
                        >= 2L * to - HELD);
    }

    private static void write(Shop shop, String topic, int from, IntFunction<String> row) {
        List<String> rows = IntStream.range(from, from + AT_ONCE).mapToObj(row).toList();
        shop.write(topic, 0, rows);
    }

    /** The least of several measurements: what is on its way through the job at the moment is not what it keeps. */
    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
