package io.gradstream.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EnumeratorStateSerializerTest {
    private static final KafkaPartitionSplit FIRST = new KafkaPartitionSplit(new TopicPartition("flights", 0), 5);
    private static final KafkaPartitionSplit SECOND = new KafkaPartitionSplit(new TopicPartition("flights", 1), 7);
    private static final KafkaSourceEnumState KAFKA = new KafkaSourceEnumState(List.of(FIRST), List.of(SECOND), true);

    private final KafkaSourceEnumStateSerializer kafka = new KafkaSourceEnumStateSerializer();
    private final EnumeratorStateSerializer serializer = new EnumeratorStateSerializer(kafka);

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Map<String, String> ids = Map.of("flights", "x1", "arrivals", "x2");
        KafkaSourceEnumState read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(new EnumeratorState(KAFKA, ids)));
        assertThat(EnumeratorState.topicIds(read)).isEqualTo(ids);
        isTheSame(read);
    }

    /** As KafkaSource itself wrote them, and this source before it knew of ids. */
    @Test
    void checkpointsWithoutIdsAreRead() throws Exception {
        KafkaSourceEnumState read = serializer.deserialize(kafka.getVersion(), kafka.serialize(KAFKA));
        assertThat(EnumeratorState.topicIds(read)).isEmpty();
        isTheSame(read);
    }

    @Test
    void aVersionOfTheFutureIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(101, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the checkpoint holds the state of a source in version 101; this program reads up to version 100");
    }

    private static void isTheSame(KafkaSourceEnumState read) {
        assertThat(read.assignedSplits()).containsExactly(FIRST);
        assertThat(read.unassignedSplits()).containsExactly(SECOND);
        assertThat(read.initialDiscoveryFinished()).isTrue();
    }
}
