package io.gradstream.connectors.kafka;

import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;

/** What a {@link RawRecordEnumerator} has in a checkpoint: KafkaSource's own state, and the ids of the topics. */
final class EnumeratorState extends KafkaSourceEnumState {
    private final Map<String, String> topicIds;

    EnumeratorState(KafkaSourceEnumState state, Map<String, String> topicIds) {
        super(state.splits(), state.initialDiscoveryFinished());
        this.topicIds = Map.copyOf(topicIds);
    }

    /** By topic; empty where a state has none. */
    static Map<String, String> topicIds(KafkaSourceEnumState state) {
        return state instanceof EnumeratorState own ? own.topicIds : Map.of();
    }
}
