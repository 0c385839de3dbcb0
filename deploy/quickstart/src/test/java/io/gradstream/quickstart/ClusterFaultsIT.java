package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.pipeline.replay.ReplayResult;
import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of flights through everything that can happen to a cluster but a clean death: a TaskManager that stands still until it is
 * given up and then goes on, a folder of checkpoints that is gone, a full disk, a JobManager that dies. What a read_committed reader sees
 * is what a replay of the same flights gives, to the bit. What is left of it is then damaged, and is refused. It takes minutes, which are
 * spent on the newer JDK only; {@link ClusterIT} runs on both.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class ClusterFaultsIT {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    private static final int N = 20_000;
    private static final Duration PACE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void everythingIsSeenOnce(EmbeddedBroker broker, TestTopics kafka, TestReporter reporter) throws Exception {
        FlightTopics.create(broker);
        ClusterProcesses cluster = new ClusterProcesses(folder.resolve("cluster"));
        try (cluster) {
            cluster.start();
            FlightsJob.patiently("a TaskManager").until(() -> FlightsJob.freeSlots(cluster) == 1);
            String job = FlightsJob.submit(cluster, broker);
            try (FlightFeeder feeder = FlightTopics.feeder(broker, N, PACE)) {
                feeder.start();
                kafka.await(FlightTopics.PREDICTIONS, 1);
                aTaskManagerStandsStill(cluster, kafka);
                theFolderOfCheckpointsIsGone(cluster, job);
                theDiskIsFull(cluster, job, reporter);
                job = theJobManagerDies(cluster, broker, job);
                FlightsJob.patiently("all flights are sent").until(feeder::isDone);
            }
            FlightsJob.patiently("everything is in a checkpoint").until(() -> FlightsJob.everythingIsRead(broker));
            Path end = folder.resolve("end");
            cluster.flink(Map.of(), "stop", "--drain", "-p", end.toString(), job);
            ReplayResult replay = FlightTopics.replay(folder, N);
            new FlightTopics(kafka).areThoseOf(replay, N);
            whatIsDamagedIsRefused(cluster, broker, end);
            new FlightTopics(kafka).areThoseOf(replay, N);
        } catch (Exception | AssertionError e) {
            e.addSuppressed(new AssertionError(cluster.logs()));
            throw e;
        }
        assertThat(cluster.alive()).isEmpty();
    }

    /** Another one takes its place, and when it goes on it still has an open transaction and a task. */
    private static void aTaskManagerStandsStill(ClusterProcesses cluster, TestTopics kafka) throws Exception {
        Process stopped = cluster.stopTaskManager();
        cluster.startTaskManager();
        int seen = kafka.read(FlightTopics.PREDICTIONS).size();
        FlightsJob.patiently("the job goes on without it")
                .until(() -> kafka.read(FlightTopics.PREDICTIONS).size() > seen);
        assertThat(stopped.isAlive()).isTrue();
        cluster.goOn(stopped);
        FlightsJob.patiently("it finds that it was given up, and offers its slot again")
                .until(() -> FlightsJob.freeSlots(cluster) == 1);
        assertThat(stopped.isAlive()).isTrue();
        // One is left, so that from now on a free slot means that nothing of the old job runs.
        stopped.destroyForcibly().waitFor();
    }

    /** A file lies where the folder was: neither the user root nor any other can write there. */
    private static void theFolderOfCheckpointsIsGone(ClusterProcesses cluster, String job) throws Exception {
        Path checkpoints = cluster.checkpoints(job);
        Path away = checkpoints.resolveSibling("away");
        checkpointsFail(
                cluster,
                job,
                () -> {
                    Files.move(checkpoints, away);
                    Files.createFile(checkpoints);
                },
                () -> {
                    Files.delete(checkpoints);
                    Files.move(away, checkpoints);
                });
    }

    /** No file of the TaskManager can grow, and the model is in a file of its own. */
    private static void theDiskIsFull(ClusterProcesses cluster, String job, TestReporter reporter) throws Exception {
        if (!cluster.canLimitFiles()) {
            reporter.publishEntry("the full disk is left out", "there is no prlimit here");
            return;
        }
        String limit = cluster.limitFiles("1");
        checkpointsFail(cluster, job, () -> {}, () -> cluster.limitFiles(limit));
    }

    /** The job goes on meanwhile, and its checkpoints when they can. */
    private static void checkpointsFail(ClusterProcesses cluster, String job, Step begin, Step end) throws Exception {
        long restored = FlightsJob.checkpoints(cluster, job, "restored");
        begin.take();
        long failed = FlightsJob.checkpoints(cluster, job, "failed");
        FlightsJob.patiently("failed checkpoints")
                .until(() -> FlightsJob.checkpoints(cluster, job, "failed") >= failed + 2);
        end.take();
        long completed = FlightsJob.checkpoints(cluster, job, "completed");
        FlightsJob.patiently("a checkpoint").until(() -> FlightsJob.checkpoints(cluster, job, "completed") > completed);
        assertThat(FlightsJob.checkpoints(cluster, job, "restored"))
                .as("the job went on")
                .isEqualTo(restored);
    }

    /** The job goes on from its newest retained checkpoint; gives its new id. */
    private static String theJobManagerDies(ClusterProcesses cluster, EmbeddedBroker broker, String job)
            throws Exception {
        cluster.killJobManager();
        Path newest;
        try (Stream<Path> checkpoints = Files.list(cluster.checkpoints(job))) {
            newest = checkpoints
                    .filter(each -> Files.exists(each.resolve("_metadata")))
                    .max(Comparator.comparing(each ->
                            Integer.parseInt(each.getFileName().toString().replace("chk-", ""))))
                    .orElseThrow();
        }
        cluster.startJobManager();
        FlightsJob.patiently("a TaskManager").until(() -> FlightsJob.freeSlots(cluster) >= 1);
        return FlightsJob.submit(cluster, broker, "-s", newest.toUri().toString());
    }

    /** The end of the metadata is missing. */
    private static void whatIsDamagedIsRefused(ClusterProcesses cluster, EmbeddedBroker broker, Path savepoints)
            throws Exception {
        Path savepoint;
        try (Stream<Path> all = Files.list(savepoints)) {
            savepoint = all.findFirst().orElseThrow();
        }
        Path metadata = savepoint.resolve("_metadata");
        try (RandomAccessFile file = new RandomAccessFile(metadata.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertThatThrownBy(() -> FlightsJob.submit(
                        cluster, broker, "-s", savepoint.toUri().toString()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("EOFException");
    }

    private interface Step {
        void take() throws Exception;
    }
}
