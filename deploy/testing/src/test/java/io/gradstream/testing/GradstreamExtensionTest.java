package io.gradstream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GradstreamExtensionTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension().withTaskManagers(1, 3);

    private static JobClient leftRunning;

    @Test
    @Order(1)
    void aTestGetsABrokerAndTopicsOfItsOwn(EmbeddedBroker broker, TestTopics topics) {
        String one = topics.create("words", 2);
        String two = topics.create("words", 2);
        assertThat(one).isNotEqualTo(two).startsWith("words-");
        topics.write(one, "a", "b", "c");
        assertThat(values(topics, one)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(topics.await(one, 3)).hasSize(3);
        assertThat(topics.read(two)).isEmpty();
        assertThat(topics.client()).containsEntry("bootstrap.servers", broker.bootstrap());
    }

    @Test
    @Order(2)
    void jobsRunOnTheMiniCluster(MiniCluster flink) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assertThat(env.getParallelism()).isEqualTo(3);
        assertThat(env.fromData(1, 2, 3).executeAndCollect(3)).containsExactlyInAnyOrder(1, 2, 3);
        env.fromSequence(0, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
        leftRunning = env.executeAsync();
        assertThat(flink.getJobStatus(leftRunning.getJobID()).get().isGloballyTerminalState())
                .isFalse();
    }

    @Test
    @Order(3)
    void aJobThatATestLeftRunningIsCancelled(MiniCluster flink) throws Exception {
        assertThat(flink.getJobStatus(leftRunning.getJobID()).get()).isEqualTo(JobStatus.CANCELED);
    }

    /** Each cluster closes the one that it was given. */
    @Test
    void allClustersShareOneRpcSystem() throws Exception {
        RpcSystem first = RpcSystem.load(new Configuration());
        first.close();
        assertThat(RpcSystem.load(new Configuration())).isSameAs(first);
        first.localServiceBuilder(new Configuration())
                .createAndStart()
                .closeAsync()
                .get();
    }

    @Test
    void aTransactionThatCannotBeginLeavesNoProducer(TestTopics topics) {
        Map<String, Object> nowhere =
                Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", "100", "client.id", "nobody");
        assertThatThrownBy(() -> topics.transaction("none", nowhere)).isInstanceOf(TimeoutException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.endsWith("| nobody"));
    }

    @Nested
    class NestedTests {
        @Test
        void shareTheOuterBroker(EmbeddedBroker broker) {
            assertThat(broker).isSameAs(gradstream.broker());
        }
    }

    private static List<String> values(TestTopics topics, String topic) {
        return topics.read(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
