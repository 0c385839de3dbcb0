package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.Pipeline.Replay;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.replay.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replays of files that are not as nice as an example. */
@Timeout(120)
class ReplayJobTest {
    private static final int N = 1500;

    @TempDir
    Path folder;

    /** More waits than a JobManager's memory takes as a checkpoint; a restart would write the files anew from the middle. */
    @Test
    void neitherCheckpointsNorRestartsWhateverFlinkIsToldTo() throws Exception {
        Pipeline pipeline =
                pipeline("model: {preset: cnn, channels: [2]}\nfeatures: [{image: pixels, height: 40, width: 40}]");
        StringBuilder csv = new StringBuilder("at,sold,pixels\n");
        for (int i = 0; i < N; i++) {
            csv.append(at(i))
                    .append(',')
                    .append(i % 2)
                    .append(",1")
                    .append(" 2 3".repeat(799))
                    .append(" 4\n");
        }
        Configuration told = new Configuration();
        told.setString("execution.checkpointing.interval", "10ms");
        told.setString("restart-strategy.type", "fixed-delay");
        told.setString("restart-strategy.fixed-delay.attempts", "3");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, told);
        ReplayResult result = replay(env, pipeline.replaying(Replay.delayed("2h")), csv.toString());
        assertThat(result.examples()).isEqualTo(N);
        assertThat(Files.readAllLines(result.folder().resolve(ReplayResult.PREDICTIONS)))
                .hasSize(1 + N);
    }

    private ReplayResult replay(StreamExecutionEnvironment env, Pipeline pipeline, String csv) throws Exception {
        Path results = folder.resolve("results");
        ReplayJob.build(env, pipeline, Files.writeString(folder.resolve("rows.csv"), csv), results);
        env.execute();
        return ReplayResult.read(results);
    }

    private Pipeline pipeline(String more) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                name: shop
                input: {topic: views, format: json, time: at}
                label: {field: sold}
                task: binary
                batch-size: 16
                warm-up: 0s
                output: {predictions: out, dead-letters: dead}
                %s
                """.formatted(more));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }

    private static long at(int i) {
        return 1_700_000_000_000L + 1000L * i;
    }
}
