package io.gradstream.pipeline.jobs;

import io.gradstream.connectors.kafka.KafkaSources;
import io.gradstream.connectors.kafka.OutgoingSink;
import io.gradstream.connectors.kafka.OutputTopics;
import io.gradstream.connectors.kafka.SnapshotFollower;
import io.gradstream.connectors.kafka.TopicPartitions;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.connectors.records.Snapshot;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.score.ModelFeed;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/** Where a pipeline meets Kafka: its sources, its one sink, and the snapshots it follows. */
public final class KafkaEnds {

    /**
     * Ends the consumer group, the transactional prefix and the checkpoint folder of a scoring job, which may run beside its main job. No
     * pipeline's name can end so.
     */
    public static final String SCORING = "+score";

    private KafkaEnds() {}

    /** The pipeline's events. */
    public static Source<RawRecord, ?, ?> events(Pipeline pipeline) {
        return source(pipeline, pipeline.events(), "");
    }

    /** The pipeline's events for its scoring job, whose consumer group is its own: its progress is not the main job's. */
    public static Source<RawRecord, ?, ?> scoreEvents(Pipeline pipeline) {
        return source(pipeline, pipeline.events(), SCORING);
    }

    /** The pipeline's labels; null if they come in the events. */
    public static Source<RawRecord, ?, ?> labels(Pipeline pipeline) {
        return pipeline.labelInEvent()
                ? null
                : source(pipeline, pipeline.labels().input(), "");
    }

    /** How many partitions each topic of the labels has. */
    static List<Integer> labelPartitions(Pipeline pipeline) throws IOException {
        return TopicPartitions.counts(
                pipeline.kafka(), pipeline.labels().input().topics());
    }

    /** All that the main job writes. */
    public static Sink<Outgoing> sink(Pipeline pipeline) {
        return sink(pipeline, pipeline.outputs().topics(), pipeline.outputs().transactionalIdPrefix());
    }

    /** What a scoring job writes: predictions and dead letters, under a transactional prefix of its own. */
    public static Sink<Outgoing> scoreSink(Pipeline pipeline) {
        return sink(pipeline, pipeline.outputs().scoringTopics(), scorePrefix(pipeline));
    }

    /** The transactional prefix of the pipeline's scoring job. */
    public static String scorePrefix(Pipeline pipeline) {
        return pipeline.outputs().transactionalIdPrefix() + SCORING;
    }

    /**
     * The snapshots that the pipeline's main job publishes. Any is handed over: all subtasks of a process share one feed, and each knows from
     * its own state what it has served, and takes nothing older of that lineage.
     */
    public static ModelFeed models(Pipeline pipeline) {
        Map<String, String> client = pipeline.kafka();
        String topic = pipeline.outputs().snapshots();
        String model = pipeline.name();
        return listener -> SnapshotFollower.start(client, topic, model, null, new SnapshotFollower.Listener() {
            @Override
            public void accepted(Snapshot snapshot) {
                listener.accepted(snapshot);
            }

            @Override
            public void refused(String problem) {
                listener.refused(problem);
            }

            @Override
            public void unreadable(String problem) {
                listener.unreadable(problem);
            }

            @Override
            public void missing() {
                listener.missing();
            }

            @Override
            public void found() {
                listener.found();
            }

            @Override
            public void caughtUp() {
                listener.caughtUp();
            }
        });
    }

    private static Source<RawRecord, ?, ?> source(Pipeline pipeline, Input input, String suffix) {
        return KafkaSources.raw(
                consumer(pipeline, suffix),
                input.topics(),
                input.startOffsets(),
                input.bounded(),
                pipeline.running().profile(),
                Duration.ofMillis(input.idleMillis()));
    }

    /** The client properties of a source, with its consumer group. */
    static Map<String, String> consumer(Pipeline pipeline, String suffix) {
        Map<String, String> client = new HashMap<>(pipeline.kafka());
        client.merge("group.id", "gradstream-" + pipeline.name() + suffix, (given, usual) -> given + suffix);
        return client;
    }

    private static Sink<Outgoing> sink(Pipeline pipeline, OutputTopics topics, String prefix) {
        return OutgoingSink.create(
                pipeline.kafka(),
                topics,
                pipeline.outputs().delivery(),
                prefix,
                pipeline.running().profile());
    }
}
