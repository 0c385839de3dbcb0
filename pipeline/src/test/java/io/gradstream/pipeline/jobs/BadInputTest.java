package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.connectors.records.DeadLetter;
import io.gradstream.connectors.records.Evaluation;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.pipeline.learn.LearnCount;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in the input, and a broker that goes away: all of it is accounted for, and none of it changes a weight. */
class BadInputTest {

    private static final Gauges GAUGES = new Gauges();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension().withTaskManagers(1, 4));

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int N = 1200;
    private static final int EVERY = 100;

    @TempDir
    Path folder;

    @Test
    void everyRecordIsAccountedForAndOnlyGoodOnesAreLearned(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        Airport clean = new Airport(Shop.open(broker, kafka, folder, 1), folder);
        Airport dirty = new Airport(Shop.open(broker, kafka, folder, 1), folder);
        for (int flight = 0; flight < N; flight++) {
            good(clean, flight);
            good(dirty, flight);
            if (flight % EVERY == EVERY / 2) {
                bad(dirty, flight);
            }
        }
        JobID cleanJob = finish(clean);
        JobID dirtyJob = finish(dirty);
        int times = N / EVERY;

        assertThat(count(cleanJob, LearnCount.LEARNED)).isEqualTo(N - times);
        assertThat(count(cleanJob, LearnCount.DEAD_EVENTS) + count(cleanJob, LearnCount.DEAD_LABELS))
                .isZero();
        eventsAddUp(dirty.shop, dirtyJob, N + 7 * times);
        labelsAddUp(dirtyJob, N + 7 * times);
        assertThat(reasons(dirty.shop))
                .isEqualTo(Map.of(
                        "events not-finite", 2 * times,
                        "events undecodable", 2 * times,
                        "events missing-id", times,
                        "events tombstone", times,
                        "labels undecodable", times,
                        "labels missing-id", times,
                        "labels missing-label", times,
                        "labels tombstone", times));
        assertThat(count(dirtyJob, LearnCount.DUPLICATE_EVENTS)).isEqualTo(times);
        assertThat(count(dirtyJob, LearnCount.DUPLICATE_LABELS)).isEqualTo(times);
        assertThat(count(dirtyJob, LearnCount.LATE_LABELS)).isEqualTo(times);
        assertThat(count(dirtyJob, LearnCount.UNMATCHED_LABELS) + count(dirtyJob, LearnCount.EARLY))
                .as("of unknown flights, and of one that is forgotten by then")
                .isEqualTo(2L * times);
        assertThat(count(dirtyJob, LearnCount.LEARNED)).isEqualTo(N - times);

        assertThat(Shop.weights(dirty.shop.lastSnapshot()))
                .isEqualTo(Shop.weights(clean.shop.lastSnapshot()))
                .startsWith((N - times) / 32 + " ");
        assertThat(evaluation(dirty.shop)).isEqualTo(evaluation(clean.shop));
    }

    @Test
    void aBrokerThatIsAwayForAWhileLosesNothing(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink)
            throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, 1);
        JobClient job = Shop.run(shop.pipeline(Labels.IN_EVENT, false, "", ""));
        int at = 0;
        for (int outage = 0; outage < 2; outage++) {
            views(shop, at, at + 800);
            shop.awaitPredictions(at + 1);
            broker.stop();
            broker.restart();
            views(shop, at + 800, at + 1600);
            at += 1600;
            shop.awaitPredictions(at);
        }
        Awaitility.await("the last snapshot")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> shop.lastSnapshot().manifest().version() == 3200 / 32);
        job.cancel().get();

        Shop undisturbed = shop.again();
        Shop.run(undisturbed.pipeline(Labels.IN_EVENT, true, "", ""))
                .getJobExecutionResult()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(shop.predictions()).extracting(Prediction::id).containsExactly(MainJobTest.ids(0, 3200));
        assertThat(Shop.weights(shop.lastSnapshot())).isEqualTo(Shop.weights(undisturbed.lastSnapshot()));
        assertThat(shop.deadLetters()).isEmpty();
    }

    /** Each hundredth flight is from an unknown airport, and the next one's outcome is known before it leaves, the next one's too late. */
    private static void good(Airport airport, int flight) {
        if (flight % EVERY == 11) {
            airport.departs((long) flight, Airport.minute(flight), "nowhere", 500);
            airport.lands(flight);
        } else if (flight % EVERY == 12) {
            airport.lands((long) flight, Airport.minute(flight - 5), Airport.delay(flight));
            airport.departs(flight);
        } else if (flight % EVERY == 13) {
            airport.departs(flight);
            airport.lands((long) flight, Airport.minute(flight) + Airport.WAIT_MINUTES * 60_000 + 1, 100.0);
        } else {
            airport.departs(flight);
            airport.lands(flight);
        }
    }

    /** Seven events and seven labels that must change nothing. */
    private static void bad(Airport airport, int flight) {
        long now = Airport.minute(flight);
        airport.departs((long) N + flight, now, "A1", Double.NaN);
        airport.departs((long) N + flight, now, "A1", Double.NEGATIVE_INFINITY);
        airport.departs(null, now, "A1", 500);
        airport.departs((long) flight, now, "A1", 500);
        airport.event(new byte[] {2, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        airport.event(new byte[0]);
        airport.event(null);
        long landed = Airport.minute(flight + 90);
        airport.lands((long) flight, landed, -Airport.delay(flight) + 15);
        airport.lands(2L * N + flight, landed, 100.0);
        airport.lands((long) flight, now + Airport.WAIT_MINUTES * 60_000 * 3, 100.0);
        airport.lands((long) flight, landed, null);
        airport.label(new byte[] {2, 1});
        airport.label(null);
        airport.lands(null, landed, 100.0);
    }

    private static JobID finish(Airport airport) throws Exception {
        airport.send();
        JobClient job = Shop.run(airport.pipeline());
        job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return job.getJobID();
    }

    /** Each offset of the events is in exactly one of predictions and dead letters, and the counters say so too. */
    private static void eventsAddUp(Shop shop, JobID job, int written) throws Exception {
        List<Long> offsets = new ArrayList<>();
        shop.predictions().forEach(prediction -> offsets.add(prediction.offset()));
        shop.deadLetters().stream()
                .filter(letter -> letter.topic().equals(shop.views))
                .forEach(letter -> offsets.add(letter.offset()));
        assertThat(offsets)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, written).boxed().toList());
        assertThat(count(job, LearnCount.EVENTS)).isEqualTo(written);
        assertThat(count(job, LearnCount.PREDICTIONS) + count(job, LearnCount.DEAD_EVENTS))
                .isEqualTo(written);
    }

    private static void labelsAddUp(JobID job, int written) {
        assertThat(count(job, LearnCount.LABELS)).isEqualTo(written);
        assertThat(count(job, LearnCount.LEARNED)
                        + count(job, LearnCount.DUPLICATE_LABELS)
                        + count(job, LearnCount.LATE_LABELS)
                        + count(job, LearnCount.UNMATCHED_LABELS)
                        + count(job, LearnCount.DEAD_LABELS)
                        + count(job, LearnCount.EARLY))
                .isEqualTo(written);
    }

    private static long count(JobID job, LearnCount count) {
        return GAUGES.value(job, "learn", count.key());
    }

    private static Map<String, Integer> reasons(Shop shop) {
        Map<String, Integer> reasons = new TreeMap<>();
        for (DeadLetter letter : shop.deadLetters()) {
            String input = letter.topic().equals(shop.views) ? "events " : "labels ";
            reasons.merge(input + letter.reason(), 1, Integer::sum);
        }
        return reasons;
    }

    private static Map<String, Double> evaluation(Shop shop) throws Exception {
        List<Evaluation> evaluations = shop.evaluations();
        return evaluations.get(evaluations.size() - 1).metrics();
    }

    private static void views(Shop shop, int from, int to) {
        shop.write(
                shop.views,
                0,
                IntStream.range(from, to).mapToObj(Shop::labelledView).toList());
    }
}
