package io.gradstream.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.PipelineFile;
import io.gradstream.pipeline.score.ModelFeed.Listener;
import io.gradstream.pipeline.score.SharedModels.Key;
import io.gradstream.pipeline.score.SharedModels.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scoring job's subtasks know of where their models come from. */
class SharedModelsTest {

    @TempDir
    Path folder;

    @Test
    void whatWasReadOnceIsNotTakenForReadWhenItCannotBeAnyMore() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                input: {topic: views, format: json}
                features: [{numeric: price}]
                label: {field: sold}
                task: binary
                output: {predictions: p, dead-letters: d}
                """);
        AtomicReference<Listener> feed = new AtomicReference<>();
        SharedModels models = SharedModels.acquire(
                new Key("job", "shop"), PipelineFile.loadWithoutKafka(file).pipeline(), listener -> {
                    feed.set(listener);
                    return () -> feed.set(null);
                });
        assertThat(models.source()).isEqualTo(Source.UNREAD);
        feed.get().caughtUp();
        assertThat(models.source()).isEqualTo(Source.READ);
        feed.get().unreadable("No Kafka broker answers");
        assertThat(models.source()).isEqualTo(Source.UNREAD);
        assertThat(models.lastProblem()).isEqualTo("No Kafka broker answers");
        feed.get().missing();
        assertThat(models.source()).isEqualTo(Source.MISSING);
        feed.get().found();
        assertThat(models.source()).isEqualTo(Source.UNREAD);
        assertThat(models.lastProblem()).isEqualTo("their topic is not there");
        assertThat(models.unreadable()).isEqualTo(2);
        assertThat(models.refused()).isZero();
        feed.get().refused("version 3 is torn");
        assertThat(models.unreadable()).isEqualTo(2);
        assertThat(models.refused()).isEqualTo(1);
        feed.get().caughtUp();
        assertThat(models.source()).isEqualTo(Source.READ);

        models.release();
        assertThat(feed.get()).as("its last user ends the feed").isNull();
    }
}
