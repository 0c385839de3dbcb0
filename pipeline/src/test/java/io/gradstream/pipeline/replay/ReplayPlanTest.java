package io.gradstream.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.learn.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayPlanTest {

    @TempDir
    private Path folder;

    @Test
    void idsThatAreNotInTheFileAreSaidInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                name: shop
                input: {topic: views, format: json, time: at, id: view_id}
                features: [{numeric: price}]
                label: {field: sold}
                task: binary
                model: logistic
                output: {predictions: out, dead-letters: dead}
                """);
        Pipeline pipeline = PipelineFile.loadWithoutKafka(file).pipeline();
        try (LogLines log = LogLines.of(ReplayPlan.class)) {
            ReplayPlan there = ReplayPlan.of(pipeline, List.of("view_id", "at", "sold", "price"), ',');
            assertThat(there.id().path()).isEqualTo("view_id");
            assertThat(log.lines()).isEmpty();
            ReplayPlan lacking = ReplayPlan.of(pipeline, List.of("", "viewid", "at", "sold", "price"), ',');
            assertThat(lacking.id()).isNull();
            assertThat(log.lines())
                    .containsExactly(
                            "ids are the numbers of rows: field 'view_id' is not among the CSV columns; did you"
                                    + " mean 'viewid'? It has: viewid, at, sold, price");
        }
    }
}
