package io.gradstream.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineException;
import io.gradstream.pipeline.config.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No pipeline can be called so that its main job has the consumer group or the transactional prefix of another's scoring job. */
class ScoringNamesTest {

    @TempDir
    Path folder;

    @Test
    void theNamesOfAScoringJobAreThoseOfNoMainJob() throws Exception {
        Pipeline shop = load("shop");
        String prefix = KafkaEnds.scorePrefix(shop);
        String group = KafkaEnds.consumer(shop, KafkaEnds.SCORING).get("group.id");
        assertThat(group).isEqualTo(prefix).startsWith("gradstream-shop");
        assertThat(KafkaEnds.consumer(shop, "")).containsEntry("group.id", "gradstream-shop");
        String wouldShareIt = prefix.substring("gradstream-".length());
        assertThatThrownBy(() -> load(wouldShareIt))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("name: wanted at most 100 lower-case letters")
                .hasMessageContaining("was \"shop+score\"");
    }

    private Pipeline load(String name) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: %s
                input: {topic: views, format: json}
                features: [{numeric: price}]
                label: {field: sold}
                task: binary
                output: {predictions: p, dead-letters: d}
                """.formatted(name));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
