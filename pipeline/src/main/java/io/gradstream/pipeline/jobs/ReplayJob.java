package io.gradstream.pipeline.jobs;

import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.records.Outgoing;
import io.gradstream.connectors.records.RawRecord;
import io.gradstream.connectors.records.RawRecordTypeInfo;
import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Input;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.examples.DecodeOperator;
import io.gradstream.pipeline.examples.EventTime;
import io.gradstream.pipeline.examples.Incoming;
import io.gradstream.pipeline.learn.FirstModel;
import io.gradstream.pipeline.learn.LabelPartitions;
import io.gradstream.pipeline.replay.ReplayFolder;
import io.gradstream.pipeline.replay.ReplayResult;
import io.gradstream.pipeline.replay.Replays;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The main job over a bounded file: no broker, and the same operators in the same order as in event-time order from Kafka. */
public final class ReplayJob {

    private ReplayJob() {}

    /** The same with what the pipeline's own format has between cells, or a comma. */
    public static void build(StreamExecutionEnvironment env, Pipeline pipeline, Path file, Path output)
            throws IOException, FormatException {
        build(env, pipeline, file, Replays.delimiter(pipeline), output);
    }

    /**
     * Builds the job; after it has run, {@link ReplayResult#read} gives what it came to.
     *
     * @param file CSV with a first line that names the columns
     * @param delimiter what is between its cells: an ASCII character, not a quote or the end of a line
     * @param output folder, made when it is not there, for predictions, dead letters, evaluation and the last snapshot, which take the place of an old replay's when this one has come to its end
     * @throws PipelineException when the file is one of those that would be replaced
     * @throws FormatException when the file lacks a column that is used, or does not say when labels became known
     */
    public static void build(StreamExecutionEnvironment env, Pipeline pipeline, Path file, char delimiter, Path output)
            throws IOException, FormatException {
        Replays replay = Replays.of(pipeline, file, delimiter);
        ReplayFolder.refuse("--input", file, output);
        ReplayFolder.make(output);
        Pipeline turned = replay.pipeline();
        Environments.prepare(env, turned);
        once(env);
        DataStream<RawRecord> rows = env.fromSource(replay.source(), WatermarkStrategy.noWatermarks(), "file")
                .uid("file")
                .setParallelism(1);
        FirstModel firstModel = FirstModels.asSaidBy(turned);
        DataStream<Outgoing> outgoing = turned.labelInEvent()
                ? MainJob.learn(
                        turned, decode(rows, turned.events(), "decode", DecodeOperator.events(turned)), firstModel)
                : joined(rows, turned, firstModel);
        MainJob.write(outgoing, replay.sink(output));
    }

    /** Its files are written from the beginning, so a failure ends it, whatever the configuration says of checkpoints and restarts. */
    private static void once(StreamExecutionEnvironment env) {
        env.configure(new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
        env.getCheckpointConfig().disableCheckpointing();
    }

    private static DataStream<Outgoing> joined(DataStream<RawRecord> rows, Pipeline pipeline, FirstModel firstModel) {
        DataStream<RawRecord> events = only(rows, Replays.EVENTS, "events");
        DataStream<RawRecord> labels = only(rows, Replays.LABELS, "labels");
        return MainJob.learn(
                pipeline,
                decode(events, pipeline.events(), "decode-events", DecodeOperator.events(pipeline)),
                decode(labels, pipeline.labels().input(), "decode-labels", DecodeOperator.labels(pipeline)),
                firstModel,
                LabelPartitions.UNKNOWN);
    }

    private static DataStream<RawRecord> only(DataStream<RawRecord> rows, int topic, String name) {
        FlatMapFunction<RawRecord, RawRecord> those = (row, out) -> {
            if (row.topic() == topic) {
                out.collect(
                        new RawRecord().set(0, row.partition(), row.offset(), row.timestamp(), row.key(), row.value()));
            }
        };
        return rows.flatMap(those, RawRecordTypeInfo.INSTANCE)
                .uid(name)
                .name(name)
                .setParallelism(1);
    }

    private static DataStream<Incoming> decode(
            DataStream<RawRecord> rows, Input input, String name, DecodeOperator decode) {
        DataStream<RawRecord> timed = rows.assignTimestampsAndWatermarks(EventTime.watermarks(input))
                .uid("time-" + name)
                .name("time-" + name)
                .setParallelism(1);
        return MainJob.decode(timed, name, decode);
    }
}
