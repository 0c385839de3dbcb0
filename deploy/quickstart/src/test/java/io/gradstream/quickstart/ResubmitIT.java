package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.testing.GradstreamExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that learn and jobs that score, by turns, one after the other on one cluster of processes: none of them leaves classes or threads
 * behind. It takes a quarter of a minute for each job, so it runs only where it is asked for: {@code -Dgradstream.resubmits=50}.
 */
@EnabledIfSystemProperty(named = ResubmitIT.RESUBMITS, matches = "[0-9]+", disabledReason = "it takes minutes")
class ResubmitIT {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    /** How many jobs. */
    static final String RESUBMITS = "gradstream.resubmits";

    private static final int JOBS = Integer.getInteger(RESUBMITS, 0);

    /** After two of each kind Flink's and the JDK's own classes and threads are there, but for a few. */
    private static final int WARM = 4;

    /** A job has 2,800 classes of its own in a TaskManager and 4,300 in a JobManager, in some 20 MB. */
    private static final long CLASSES = 1_000;

    private static final long METASPACE = 8 << 20;

    private static final int N = 2_000;

    @TempDir
    Path folder;

    @Test
    void nothingIsLeftBehind(EmbeddedBroker broker, TestReporter reporter) throws Exception {
        assertThat(JOBS).as(RESUBMITS).isGreaterThan(WARM);
        FlightTopics.create(broker);
        feed(broker);
        for (String schema : List.of("flight.avsc", "arrival.avsc")) {
            Files.copy(FlightTopics.PIPELINE.resolveSibling(schema), folder.resolve(schema));
        }
        try (ClusterProcesses cluster = new ClusterProcesses(
                folder.resolve("cluster"),
                Map.of(
                        "web.submit.enable", "true",
                        "web.tmpdir", folder.toString(),
                        "execution.checkpointing.interval", "200ms"))) {
            try {
                cluster.start();
                FlightsJob.patiently("a TaskManager").until(() -> FlightsJob.freeSlots(cluster) == 1);
                JobsOverRest jobs = new JobsOverRest(cluster);
                for (int i = 0; i < WARM; i++) {
                    run(jobs, broker, i);
                }
                JvmFigures taskManager = cluster.taskManagerFigures();
                JvmFigures jobManager = cluster.jobManagerFigures();
                for (int i = WARM; i < JOBS; i++) {
                    run(jobs, broker, i);
                }
                isFlat(taskManager, cluster::taskManagerFigures, reporter);
                isFlat(jobManager, cluster::jobManagerFigures, reporter);
            } catch (Exception | AssertionError e) {
                e.addSuppressed(new AssertionError(cluster.logs()));
                throw e;
            }
        }
    }

    /** What a job has left to do when it has ended is waited for. */
    private static void isFlat(JvmFigures before, Figures now, TestReporter reporter) {
        FlightsJob.patiently("no more than after " + WARM + " jobs").untilAsserted(() -> {
            JvmFigures after = now.take();
            reporter.publishEntry(before + " after " + WARM + " jobs, " + after + " after " + JOBS);
            assertThat(after.classes()).as("classes").isLessThan(before.classes() + CLASSES);
            assertThat(after.metaspace()).as("metaspace").isLessThan(before.metaspace() + METASPACE);
            assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + (JOBS - WARM) / 4);
        });
    }

    private static void feed(EmbeddedBroker broker) throws Exception {
        try (FlightFeeder feeder = FlightTopics.feeder(broker, N, Duration.ofSeconds(1))) {
            feeder.start();
            FlightsJob.patiently("all flights are sent").until(feeder::isDone);
        }
    }

    /** A job that reads everything, with a consumer group and transactions of its own, and is cancelled then. */
    private void run(JobsOverRest jobs, EmbeddedBroker broker, int i) throws Exception {
        Path pipeline = Files.writeString(
                folder.resolve("flights-" + i + ".yaml"),
                Files.readString(FlightTopics.PIPELINE)
                        .replace(
                                "bootstrap.servers: ${ENV:KAFKA_BROKERS}",
                                "group.id: group-" + i + "\n  bootstrap.servers: \"" + broker.bootstrap() + "\"")
                        .replace("every: 200 steps", "every: 10 steps")
                        .replace("batch-size:", "warm-up: 0s\nbatch-size:")
                        .replace("output:\n", "output:\n  transactional-id-prefix: job-" + i + "\n"));
        boolean scores = i % 2 == 1;
        String job = jobs.run(scores ? "score" : "run", pipeline);
        FlightsJob.patiently("everything is in a checkpoint")
                .until(() -> scores
                        ? FlightsJob.isRead(broker, "group-" + i + "+score", FlightTopics.DEPARTURES)
                        : FlightsJob.isRead(broker, "group-" + i, FlightTopics.DEPARTURES, FlightTopics.ARRIVALS));
        jobs.cancel(job);
    }

    private interface Figures {
        JvmFigures take() throws Exception;
    }
}
