package io.gradstream.connectors.kafka;

import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.OutgoingTypeInfo;
import io.gradstream.connectors.records.Prediction;
import io.gradstream.connectors.records.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A small job between topics: each record becomes a prediction whose id is its value. */
final class PredictionJob {
    private PredictionJob() {}

    /** Checkpoints often, and begins again soon after a failure. */
    static StreamExecutionEnvironment environment(int restarts) {
        Configuration settings = new Configuration();
        settings.setString("pipeline.generic-types", "false");
        settings.setString("pipeline.object-reuse", "true");
        settings.setString("execution.checkpointing.interval", "300ms");
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", Integer.toString(restarts));
        settings.setString("restart-strategy.fixed-delay.delay", "100ms");
        settings.setString("parallelism.default", "1");
        return StreamExecutionEnvironment.getExecutionEnvironment(settings);
    }

    /** The predictions of a topic's records, from its beginning and without an end. */
    static SingleOutputStreamOperator<Outgoing> predictions(
            StreamExecutionEnvironment env, Map<String, String> client, String topic, ToPrediction step) {
        return env.fromSource(
                        KafkaSources.raw(client, List.of(topic), new StartOffsets.Earliest(), false),
                        WatermarkStrategy.noWatermarks(),
                        "in")
                .map(step)
                .returns(OutgoingTypeInfo.INSTANCE);
    }

    static Prediction prediction(String id) {
        return new Prediction()
                .example(id, 1_000, "flights", 3, 77)
                .model("delays", "7f3a", 9, 1500)
                .scores(new float[] {0.25f}, 0, 1);
    }

    static class ToPrediction implements MapFunction<RawRecord, Outgoing> {
        private static final long serialVersionUID = 1;

        @Override
        public Outgoing map(RawRecord record) {
            return prediction(new String(record.value(), StandardCharsets.UTF_8));
        }
    }
}
