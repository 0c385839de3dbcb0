package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentsTest {

    @TempDir
    Path folder;

    /** What lies between decoding and learning, too, where labels have a topic of their own. */
    @ParameterizedTest
    @CsvSource({"latency, 1", "throughput, 70"})
    void nothingLingersWhereLatencyCounts(String profile, long millis) throws Exception {
        Configuration flink = new Configuration();
        flink.setString("execution.buffer-timeout.interval", "70ms");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                input: {topic: views, format: json}
                features: [{numeric: price}]
                label: {field: sold, topic: sales, id: id}
                task: binary
                profile: %s
                output: {predictions: p, dead-letters: d}
                """.formatted(profile));
        Pipeline pipeline = PipelineFile.loadWithoutKafka(file).pipeline();
        Environments.prepare(env, pipeline);
        assertThat(env.getBufferTimeout()).isEqualTo(millis);
    }
}
