package io.gradstream.pipeline.jobs;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.examples.DecodeOperator;
import io.gradstream.pipeline.examples.IncomingTypeInfo;
import io.gradstream.pipeline.score.ModelFeed;
import io.gradstream.pipeline.score.ScoreOperator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Scores only, with the newest model that a main job has published. */
public final class ScoringJob {

    private ScoringJob() {}

    /** Builds the job between Kafka's topics. */
    public static void build(StreamExecutionEnvironment env, Pipeline pipeline) {
        build(
                env,
                pipeline,
                KafkaEnds.scoreEvents(pipeline),
                KafkaEnds.models(pipeline),
                KafkaEnds.scoreSink(pipeline));
    }

    /**
     * Builds the job: one chain, kafka-events &gt; decode &gt; score &gt; sink.
     *
     * @param events the pipeline's events
     * @param models the models to score with
     * @param sink takes predictions and dead letters
     */
    public static void build(
            StreamExecutionEnvironment env,
            Pipeline pipeline,
            Source<RawRecord, ?, ?> events,
            ModelFeed models,
            Sink<Outgoing> sink) {
        Environments.prepare(env, pipeline);
        int parallelism = pipeline.running().parallelism().score();
        env.fromSource(events, WatermarkStrategy.noWatermarks(), "kafka-events")
                .uid("kafka-events")
                .setParallelism(parallelism)
                .transform("decode", IncomingTypeInfo.INSTANCE, DecodeOperator.eventsToScore(pipeline))
                .uid("decode")
                .setParallelism(parallelism)
                .transform("score", OutgoingTypeInfo.INSTANCE, new ScoreOperator(pipeline, models))
                .uid("score")
                .setParallelism(parallelism)
                .sinkTo(sink)
                .uid("sink")
                .name("sink")
                .setParallelism(parallelism);
    }
}
