package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.connectors.kafka.InputPauses;
import io.gradstream.pipeline.config.PipelineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learning operator in one chain with its source scores what waits when the source pauses. */
class PausedInputTest {
    @TempDir
    Path folder;

    @Test
    void whatWaitsIsScored() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                input: {topic: views, format: json, id: id, time: time}
                features: [{numeric: price}]
                label: {field: sold}
                task: binary
                batch-size: 4
                output: {predictions: p, dead-letters: d}
                """);
        try (OperatorRun run =
                new OperatorRun(PipelineFile.loadWithoutKafka(file).pipeline())) {
            InputPauses pauses = InputPauses.ofThisTask();
            pauses.begin();
            run.event("{\"id\":\"v1\",\"time\":1700000000000,\"price\":1,\"sold\":1}");
            assertThat(run.out()).isEmpty();
            pauses.tell();
            assertThat(run.out()).hasSize(1);
        }
        assertThat(InputPauses.ofThisTask().areTold())
                .as("a task that has ended")
                .isFalse();
    }
}
