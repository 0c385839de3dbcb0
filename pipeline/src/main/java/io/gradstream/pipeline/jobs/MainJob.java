package io.gradstream.pipeline.jobs;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Order;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.examples.DecodeOperator;
import io.gradstream.pipeline.examples.EventTime;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.examples.IncomingTypeInfo;
import io.gradstream.pipeline.learn.ChainedLearnOperator;
import io.gradstream.pipeline.learn.FirstModel;
import io.gradstream.pipeline.learn.LabelPartitions;
import io.gradstream.pipeline.learn.LearnOperator;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Scores and learns. */
public final class MainJob {

    private static final Duration LEAST_DRIFT = Duration.ofMinutes(1);
    private static final Duration UNBOUNDED = Duration.ofDays(365_000);
    private static final Duration ALIGN_EVERY = Duration.ofMillis(50);

    private MainJob() {}

    /** Builds the job between Kafka's topics, with the learner that the pipeline says. */
    public static void build(StreamExecutionEnvironment env, Pipeline pipeline) {
        build(
                env,
                pipeline,
                KafkaEnds.events(pipeline),
                KafkaEnds.labels(pipeline),
                KafkaEnds.sink(pipeline),
                FirstModels.asSaidBy(pipeline),
                KafkaEnds::labelPartitions);
    }

    /**
     * Builds the job.
     *
     * @param events the pipeline's events
     * @param labels its labels, or null if they come in the events
     * @param sink takes everything that leaves
     * @param firstModel where the learner comes from when there is no state
     * @param labelPartitions which partitions the labels have; {@link LabelPartitions#UNKNOWN} where that cannot be asked
     */
    public static void build(
            StreamExecutionEnvironment env,
            Pipeline pipeline,
            Source<RawRecord, ?, ?> events,
            Source<RawRecord, ?, ?> labels,
            Sink<Outgoing> sink,
            FirstModel firstModel,
            LabelPartitions labelPartitions) {
        Environments.prepare(env, pipeline);
        DataStream<Outgoing> outgoing = pipeline.labelInEvent()
                ? chained(env, pipeline, events, firstModel)
                : joined(env, pipeline, events, labels, firstModel, labelPartitions);
        write(outgoing, sink);
    }

    static void write(DataStream<Outgoing> outgoing, Sink<Outgoing> sink) {
        outgoing.sinkTo(sink).uid("sink").name("sink").setParallelism(1);
    }

    /** One chain: kafka-events &gt; decode &gt; learn. */
    private static DataStream<Outgoing> chained(
            StreamExecutionEnvironment env, Pipeline pipeline, Source<RawRecord, ?, ?> source, FirstModel firstModel) {
        WatermarkStrategy<RawRecord> watermarks =
                pipeline.order() == Order.EVENT_TIME ? eventWatermarks(pipeline) : WatermarkStrategy.noWatermarks();
        DataStream<RawRecord> events = env.fromSource(source, watermarks, "kafka-events")
                .uid("kafka-events")
                .setParallelism(1);
        return learn(pipeline, decode(events, "decode", DecodeOperator.events(pipeline)), firstModel);
    }

    /** kafka-events &gt; decode-events and kafka-labels &gt; decode-labels, each by id to learn. */
    private static DataStream<Outgoing> joined(
            StreamExecutionEnvironment env,
            Pipeline pipeline,
            Source<RawRecord, ?, ?> eventSource,
            Source<RawRecord, ?, ?> labelSource,
            FirstModel firstModel,
            LabelPartitions labelPartitions) {
        DataStream<RawRecord> rawEvents = env.fromSource(eventSource, eventWatermarks(pipeline), "kafka-events")
                .uid("kafka-events")
                .setParallelism(pipeline.running().parallelism().decode());
        DataStream<RawRecord> rawLabels = env.fromSource(
                        labelSource, aligned(pipeline, pipeline.labels().input(), drift(pipeline)), "kafka-labels")
                .uid("kafka-labels")
                .setParallelism(pipeline.running().parallelism().decode());
        return learn(
                pipeline,
                decode(rawEvents, "decode-events", DecodeOperator.events(pipeline)),
                decode(rawLabels, "decode-labels", DecodeOperator.labels(pipeline)),
                firstModel,
                labelPartitions);
    }

    /** Chained to where the records come from. */
    static DataStream<Incoming> decode(DataStream<RawRecord> raw, String name, DecodeOperator decode) {
        return raw.transform(name, IncomingTypeInfo.INSTANCE, decode).uid(name).setParallelism(raw.getParallelism());
    }

    /** Labels come in their events. */
    static DataStream<Outgoing> learn(Pipeline pipeline, DataStream<Incoming> events, FirstModel firstModel) {
        return events.transform("learn", OutgoingTypeInfo.INSTANCE, new ChainedLearnOperator(pipeline, firstModel))
                .uid("learn")
                .setParallelism(1);
    }

    /** Both streams by id to the one operator that scores, joins and learns. */
    static DataStream<Outgoing> learn(
            Pipeline pipeline,
            DataStream<Incoming> events,
            DataStream<Incoming> labels,
            FirstModel firstModel,
            LabelPartitions labelPartitions) {
        return byId(events)
                .connect(byId(labels))
                .transform("learn", OutgoingTypeInfo.INSTANCE, new LearnOperator(pipeline, firstModel, labelPartitions))
                .uid("learn")
                .setParallelism(1);
    }

    private static KeyedStream<Incoming, String> byId(DataStream<Incoming> stream) {
        return stream.keyBy(Incoming::id, Types.STRING);
    }

    /** In event-time order events wait for labels that are behind, in arrival order for nobody. */
    private static WatermarkStrategy<RawRecord> eventWatermarks(Pipeline pipeline) {
        Duration drift = pipeline.order() == Order.EVENT_TIME ? drift(pipeline) : UNBOUNDED;
        return aligned(pipeline, pipeline.events(), drift);
    }

    /**
     * How far ahead of the other input one is read, when there is a backlog: as long as events wait for their labels anyway. What
     * is held for order is then of the size of what waits in the join, and a label that is held back has no event there yet.
     */
    private static Duration drift(Pipeline pipeline) {
        Duration wait = Duration.ofMillis(pipeline.labels().waitMillis())
                .plusMillis(pipeline.events().outOfOrdernessMillis());
        return wait.compareTo(LEAST_DRIFT) < 0 ? LEAST_DRIFT : wait.compareTo(UNBOUNDED) > 0 ? UNBOUNDED : wait;
    }

    private static WatermarkStrategy<RawRecord> aligned(Pipeline pipeline, Input input, Duration drift) {
        return EventTime.watermarks(input).withWatermarkAlignment(pipeline.name(), drift, ALIGN_EVERY);
    }
}
