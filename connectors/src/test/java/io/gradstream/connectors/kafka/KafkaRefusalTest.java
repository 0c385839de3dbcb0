package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that fails while many records are on their way to Kafka, all of which fail. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class KafkaRefusalTest {
    @RegisterExtension
    static final GradstreamExtension gradstream = new GradstreamExtension().withTaskManagers(1, 1);

    private final TestTopics topics = gradstream.topics();

    /** It is restarted where it was, until it has no restart left. */
    @ParameterizedTest
    @EnumSource
    void endsTheJobAndNotTheTaskManager(Delivery delivery, MiniCluster flink) throws Exception {
        String small = topics.create("small", 1, Map.of("max.message.bytes", "1000"));
        StreamExecutionEnvironment env = PredictionJob.environment(2);
        // Without an end, which the source could hear of as the task fails: that would be what the job ends with.
        env.fromSequence(0, Long.MAX_VALUE)
                .map(KafkaRefusalTest::large)
                .returns(OutgoingTypeInfo.INSTANCE)
                .sinkTo(OutgoingSink.create(
                        Map.of("bootstrap.servers", gradstream.broker().bootstrap(), "batch.size", "1"),
                        new OutputTopics(small, null, null, null),
                        delivery,
                        topics.unique("prefix")));
        assertThatThrownBy(env::execute).hasStackTraceContaining(RecordTooLargeException.class.getName());
        assertThat(flink.requestClusterOverview().get().getNumTaskManagersConnected())
                .isEqualTo(1);
    }

    private static Outgoing large(long i) {
        return PredictionJob.prediction(i + "x".repeat(2000));
    }
}
