package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.ShopViews.sale;
import static io.gradstream.pipeline.learn.ShopViews.time;
import static io.gradstream.pipeline.learn.ShopViews.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the offsets in a snapshot are, as docs/snapshot-format.md says it: the highest whose turn has come, and nothing to read on from. */
class SnapshotOffsetsTest {

    @TempDir
    Path folder;

    @Test
    void whatWaitsForItsLabelOrItsEventCounts() throws Exception {
        try (OperatorRun run = new OperatorRun(load("arrival", ", topic: sales, id: id, time: time, wait: 60s"))) {
            run.event(view(1, 1));
            run.event(view(2, 2));
            run.label(sale(7, 2));
            assertThat(run.counters()).containsEntry("learned", 0L);
            assertThat(run.offsets()).isEqualTo("{\"views-0\":1,\"sales-0\":0}");
        }
    }

    @Test
    void whatIsHeldDoesNotCountAndWhatIsRefusedDoesAtOnce() throws Exception {
        try (OperatorRun run = new OperatorRun(load("event-time", ""))) {
            run.event(view(2, 2));
            run.event(view(1, 1));
            assertThat(run.offsets()).isEqualTo("{}");
            run.watermark(time(1));
            assertThat(run.offsets()).as("by time").isEqualTo("{\"views-0\":1}");
            run.event("nonsense");
            assertThat(run.gauge(LearnGauge.HELD_ROWS)).isEqualTo(1);
            assertThat(run.offsets()).isEqualTo("{\"views-0\":2}");
        }
    }

    private Pipeline load(String order, String label) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                order: %s
                input: {topic: views, format: json, id: id, time: time}
                features: [{numeric: [price, visits]}]
                label: {field: sold%s}
                task: binary
                output: {predictions: p, dead-letters: d}
                """.formatted(order, label));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
