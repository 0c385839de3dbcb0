package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TcpProxy;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JobManager and a TaskManager that both live and do not hear each other: the network between them is cut, and the JobManager stands
 * still. The job goes on by itself, and what a read_committed reader sees is what a replay of the same flights gives, to the bit. Its
 * time is spent on the newer JDK only.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class ClusterCutIT {

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = new GradstreamExtension().withoutFlink();

    private static final int N = 10_000;
    private static final Duration PACE = Duration.ofSeconds(18);
    private static final String GIVEN_UP = "The heartbeat of %s with id";

    @TempDir
    Path folder;

    @Test
    void theJobGoesOnAndEverythingIsSeenOnce(EmbeddedBroker broker, TestTopics kafka) throws Exception {
        FlightTopics.create(broker);
        try (TcpProxy toJobManager = new TcpProxy();
                TcpProxy toTaskManager = new TcpProxy();
                ClusterProcesses cluster = behind(toJobManager, toTaskManager)) {
            try {
                cluster.start();
                FlightsJob.patiently("a TaskManager").until(() -> FlightsJob.freeSlots(cluster) == 1);
                String job = FlightsJob.submit(cluster, broker);
                try (FlightFeeder feeder = FlightTopics.feeder(broker, N, PACE)) {
                    feeder.start();
                    kafka.await(FlightTopics.PREDICTIONS, 1);
                    theNetworkIsCut(cluster, job, toJobManager, toTaskManager);
                    theJobManagerStandsStill(cluster, job);
                    FlightsJob.patiently("all flights are sent").until(feeder::isDone);
                }
                FlightsJob.patiently("everything is in a checkpoint").until(() -> FlightsJob.everythingIsRead(broker));
                cluster.flink(
                        Map.of(), "stop", "--drain", "-p", folder.resolve("end").toString(), job);
            } catch (Exception | AssertionError e) {
                e.addSuppressed(new AssertionError(cluster.logs()));
                throw e;
            }
        }
        new FlightTopics(kafka).areThoseOf(FlightTopics.replay(folder, N), N);
    }

    /** Each gives the other up before they hear of each other again. */
    private static void theNetworkIsCut(ClusterProcesses cluster, String job, TcpProxy one, TcpProxy other)
            throws Exception {
        long restored = FlightsJob.checkpoints(cluster, job, "restored");
        one.cut();
        other.cut();
        givesUpTheJobManager(cluster, 0);
        FlightsJob.patiently("the TaskManager is given up")
                .until(() -> cluster.jobManagerSaid(GIVEN_UP.formatted("TaskManager")) > 0);
        one.heal();
        other.heal();
        goesOn(cluster, job, restored);
    }

    private static void theJobManagerStandsStill(ClusterProcesses cluster, String job) throws Exception {
        long restored = FlightsJob.checkpoints(cluster, job, "restored");
        long given = cluster.taskManagerSaid(GIVEN_UP.formatted("JobManager"));
        Process stopped = cluster.stopJobManager();
        try {
            givesUpTheJobManager(cluster, given);
        } finally {
            cluster.goOn(stopped);
        }
        goesOn(cluster, job, restored);
    }

    /** Nobody but the TaskManager itself can see to it then that its tasks end. */
    private static void givesUpTheJobManager(ClusterProcesses cluster, long before) {
        FlightsJob.patiently("the JobManager is given up")
                .until(() -> cluster.taskManagerSaid(GIVEN_UP.formatted("JobManager")) > before);
    }

    /** The same job, from its last checkpoint. */
    private static void goesOn(ClusterProcesses cluster, String job, long restored) throws Exception {
        FlightsJob.patiently("a restored job").until(() -> FlightsJob.checkpoints(cluster, job, "restored") > restored);
        long completed = FlightsJob.checkpoints(cluster, job, "completed");
        FlightsJob.patiently("a checkpoint").until(() -> FlightsJob.checkpoints(cluster, job, "completed") > completed);
        assertThat(cluster.alive()).hasSize(2);
    }

    /** What each is told of where the other is leads through a proxy. */
    private ClusterProcesses behind(TcpProxy toJobManager, TcpProxy toTaskManager) throws Exception {
        int jobManager = ClusterProcesses.freePort();
        int taskManager = ClusterProcesses.freePort();
        toJobManager.leadTo(jobManager);
        toTaskManager.leadTo(taskManager);
        return new ClusterProcesses(
                folder.resolve("cluster"),
                Map.of(
                        "heartbeat.interval", "500ms",
                        "heartbeat.timeout", "3s",
                        "jobmanager.rpc.port", Integer.toString(toJobManager.port()),
                        "jobmanager.rpc.bind-port", Integer.toString(jobManager),
                        "taskmanager.rpc.port", Integer.toString(toTaskManager.port()),
                        "taskmanager.rpc.bind-port", Integer.toString(taskManager)));
    }
}
