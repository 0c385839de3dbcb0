package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.common.protocol.ApiKeys;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One job through everything that a network does between it and its broker. What a read_committed reader sees afterwards, and the
 * weights to the bit, are those of a run that nothing happened to.
 */
@Timeout(300)
class NetworkCutTest {
    private static final Network NETWORK = new Network();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension()
            .withTaskManagers(1, 2)
            .withBrokerSetting("advertised.listeners", Network.LISTENER + "://" + NETWORK.address());

    /** One in so many records is no event. */
    private static final int BAD = 41;

    private static final int STAGE = BAD * 8;
    private static final int STAGES = 7;
    private static final int N = STAGE * STAGES;
    private static final int BATCH = 32;

    private static final int RESETS = 10;
    /** For all waits together; the last of them may be one for predictions, which ends after a minute: within the test's own limit. */
    private static final Duration PATIENCE = Duration.ofSeconds(230);

    @TempDir
    Path folder;

    private Shop shop;
    private JobClient job;
    private int written;
    private final long begun = System.nanoTime();

    @AfterAll
    static void close() throws Exception {
        NETWORK.close();
    }

    @Test
    void everythingIsSeenOnce(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        NETWORK.leadTo(broker.address(Network.LISTENER));
        shop = Shop.open(broker, kafka, folder, 1);
        Shop undisturbed = shop.again();
        shop.client = NETWORK.client();
        job = Shop.run(shop.pipeline(Labels.IN_EVENT, false, "", ""));
        stage();

        NETWORK.cut();
        write();
        awaitConnections("both ways, until clients give up and connect anew");
        healed();

        NETWORK.cutAnswersFrom(ApiKeys.END_TXN);
        write();
        await("a commit that arrives and is not answered", NETWORK::isCut);
        awaitConnections("to send it again");
        healed();

        NETWORK.cutAnswersFrom(ApiKeys.END_TXN);
        write();
        int attempts = Shop.attempts(flink, job);
        await("the same, until the job is restarted", () -> Shop.attempts(flink, job) > attempts);
        healed();

        NETWORK.cutAnswersFrom(ApiKeys.PRODUCE);
        write();
        await("predictions that arrive, without an answer", NETWORK::isCut);
        awaitConnections("to send them again");
        healed();

        write();
        for (int i = 0; i < RESETS; i++) {
            int before = NETWORK.connections();
            NETWORK.reset();
            await("connections after a reset", () -> NETWORK.connections() > before);
        }
        healed();

        NETWORK.delay(Duration.ofMillis(100));
        stage();
        NETWORK.heal();

        Awaitility.await().atMost(left()).ignoreExceptions().until(() -> version() == good() / BATCH);
        job.cancel().get(left().toSeconds(), TimeUnit.SECONDS);
        sameAs(undisturbed);
    }

    private void sameAs(Shop undisturbed) throws Exception {
        Shop.run(undisturbed.pipeline(Labels.IN_EVENT, true, "", ""))
                .getJobExecutionResult()
                .get(left().toSeconds(), TimeUnit.SECONDS);
        assertThat(shop.predictions())
                .extracting(Prediction::id)
                .containsExactlyElementsOf(IntStream.range(0, N)
                        .filter(i -> !bad(i))
                        .mapToObj(i -> "v" + i)
                        .toList());
        assertThat(shop.deadLetters())
                .extracting(DeadLetter::value)
                .extracting(value -> new String(value, StandardCharsets.UTF_8))
                .containsExactlyElementsOf(IntStream.range(0, N)
                        .filter(NetworkCutTest::bad)
                        .mapToObj(NetworkCutTest::view)
                        .toList());
        assertThat(shop.predictions().stream().map(NetworkCutTest::line))
                .containsExactlyElementsOf(undisturbed.predictions().stream()
                        .map(NetworkCutTest::line)
                        .toList());
        assertThat(Shop.weights(shop.lastSnapshot())).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
        assertThat(shop.allSnapshots()).hasSameSizeAs(undisturbed.allSnapshots());
    }

    /** Events that all come through. */
    private void stage() throws Exception {
        write();
        awaitPredictions();
    }

    private void healed() throws Exception {
        NETWORK.heal();
        awaitPredictions();
    }

    private void awaitPredictions() throws Exception {
        left();
        shop.awaitPredictions(good());
    }

    /** Of the patience; none left is the end. */
    private Duration left() {
        Duration left = PATIENCE.minusNanos(System.nanoTime() - begun);
        assertThat(left).as("left of %s for all waits", PATIENCE).isPositive();
        return left;
    }

    private void write() {
        shop.write(
                shop.views,
                0,
                IntStream.range(written, written + STAGE)
                        .mapToObj(NetworkCutTest::view)
                        .toList());
        written += STAGE;
    }

    /** How many of those that are written are events. */
    private int good() {
        return written - written / BAD;
    }

    private long version() throws Exception {
        return shop.lastSnapshot().manifest().version();
    }

    private void awaitConnections(String what) {
        int before = NETWORK.connections();
        await("connections, " + what, () -> NETWORK.connections() > before);
    }

    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(left()).until(condition);
    }

    private static boolean bad(int i) {
        return i % BAD == BAD - 1;
    }

    private static String view(int i) {
        return bad(i) ? Shop.labelledView(i).replace("\"price\":", "\"price\":\"n/a\",\"was\":") : Shop.labelledView(i);
    }

    /** All of a prediction but the lineage, which is another one in each run. */
    private static String line(Prediction prediction) {
        return prediction.id() + " " + prediction.version() + " " + prediction.modelAge() + " " + prediction.score(0);
    }
}
