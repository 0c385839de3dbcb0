package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.pipeline.jobs.Shop.Labels;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flink's adaptive scheduler gives a job, while rows come, more subtasks that decode, and fewer again: nothing is lost, and nothing comes
 * twice. Its time is spent on the newer JDK only.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(240)
class AdaptiveSchedulerTest {
    private static final Gauges GAUGES = new Gauges();

    @RegisterExtension
    static final GradstreamExtension GRADSTREAM = GAUGES.reportedBy(new GradstreamExtension()
            .withTaskManagers(1, 4)
            .withFlinkSetting("jobmanager.scheduler", "adaptive")
            .withFlinkSetting("jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling", "100ms")
            .withFlinkSetting("jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout", "100ms"));

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PARTITIONS = 2;
    private static final int N = 32 * 60;

    @TempDir
    Path folder;

    @Test
    void rescalesWhatDecodes(EmbeddedBroker broker, TestTopics kafka, MiniCluster flink) throws Exception {
        Shop shop = Shop.open(broker, kafka, folder, PARTITIONS);
        shop.idleAfter = "10m";
        JobClient job = Shop.run(shop.pipeline(Labels.APART, false, "", "order: event-time"));
        Spread.write(shop, Labels.APART, 0, N / 3, PARTITIONS);
        shop.awaitPredictions(N / 6);
        require(flink, job, 2);
        Spread.write(shop, Labels.APART, N / 3, 2 * N / 3, PARTITIONS);
        awaitDecodedBy(flink, job, 2);
        shop.awaitPredictions(N / 2);
        require(flink, job, 1);
        Spread.write(shop, Labels.APART, 2 * N / 3, N, PARTITIONS);
        awaitDecodedBy(flink, job, 1);
        Spread.release(shop, N, PARTITIONS);
        Spread.isLearnedOnce(shop, GAUGES, job, N);
        job.cancel().get();
        Spread.isAsUndisturbed(shop, N);
        assertThat(shop.deadLetters()).isEmpty();
    }

    private static void require(MiniCluster flink, JobClient job, int decode) throws Exception {
        JobResourceRequirements.Builder wanted = new JobResourceRequirements.Builder();
        for (AccessExecutionJobVertex vertex :
                flink.getExecutionGraph(job.getJobID()).get().getVerticesTopologically()) {
            wanted.setParallelismForJobVertex(vertex.getJobVertexId(), 1, decodes(vertex) ? decode : 1);
        }
        flink.updateJobResourceRequirements(job.getJobID(), wanted.build()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void awaitDecodedBy(MiniCluster flink, JobClient job, int subtasks) {
        Awaitility.await("a job that is rescaled").atMost(PATIENCE).until(() -> isDecodedBy(flink, job, subtasks));
    }

    private static boolean isDecodedBy(MiniCluster flink, JobClient job, int subtasks) throws Exception {
        for (AccessExecutionJobVertex vertex :
                flink.getExecutionGraph(job.getJobID()).get().getVerticesTopologically()) {
            if (vertex.getParallelism() != (decodes(vertex) ? subtasks : 1)) {
                return false;
            }
        }
        return Shop.runs(flink, job);
    }

    private static boolean decodes(AccessExecutionJobVertex vertex) {
        return vertex.getName().contains("decode-");
    }
}
