package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar on a standalone cluster of real processes: submitted with Flink's command line, its TaskManager killed in the
 * middle, stopped with a drain. What it wrote is what a replay of the same flights gives, to the bit.
 */
class ClusterIT {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    private static final int N = 20_000;
    private static final Duration PACE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Test
    void doesTheSameWorkAndSurvivesKillMinusNine(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        FlightTopics.create(broker);
        ClusterProcesses cluster = new ClusterProcesses(folder.resolve("cluster"));
        try (cluster) {
            cluster.start();
            FlightsJob.patiently("a TaskManager").until(() -> FlightsJob.freeSlots(cluster) == 1);
            String job = FlightsJob.submit(cluster, broker);
            feedAndKill(cluster, broker, kafka);
            FlightsJob.patiently("everything is in a checkpoint").until(() -> FlightsJob.everythingIsRead(broker));
            cluster.flink(
                    Map.of(), "stop", "--drain", "-p", folder.resolve("end").toString(), job);
            assertThat(FlightsJob.get(cluster, "/jobs/" + job)).contains("\"state\":\"FINISHED\"");
        } catch (Exception | AssertionError e) {
            e.addSuppressed(new AssertionError(cluster.logs()));
            throw e;
        }
        assertThat(cluster.alive()).isEmpty();

        new FlightTopics(kafka).areThoseOf(FlightTopics.replay(folder, N), N);
    }

    /** Flights leave and land, and in their middle the TaskManager dies and another one comes. */
    private static void feedAndKill(ClusterProcesses cluster, EmbeddedBroker broker, TestTopics kafka)
            throws Exception {
        try (FlightFeeder feeder = FlightTopics.feeder(broker, N, PACE)) {
            feeder.start();
            kafka.await(FlightTopics.PREDICTIONS, 1);
            cluster.killTaskManager();
            assertThat(kafka.read(FlightTopics.PREDICTIONS))
                    .as("committed when it died")
                    .hasSizeLessThan(N);
            cluster.startTaskManager();
            FlightsJob.patiently("all flights are sent").until(feeder::isDone);
        }
    }
}
