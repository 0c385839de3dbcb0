package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.ShopViews.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with steps is in the gauge that is named so, and in no other. */
class LearnGaugeTest {

    @TempDir
    Path folder;

    @Test
    void skippedSteps() throws Exception {
        try (OperatorRun run = new OperatorRun(load("regression", "{type: sgd, learning-rate: 0.1}", ""))) {
            for (int i = 0; i < 10; i++) {
                run.event(view(i, 1, i < 2 ? "1" : "1e30"));
            }
            assertThat(run.gauge(LearnGauge.SKIPPED_STEPS)).isEqualTo(4L);
            assertThat(run.gauge(LearnGauge.MODEL_VERSION)).isEqualTo(1L);
            assertThat(run.gauge(LearnGauge.ROLLBACKS)).isEqualTo(0L);
            assertThat(run.gauge(LearnGauge.LEARNING_RATE_FACTOR)).isEqualTo(1.0);
        }
    }

    /** Steps that are far too long for labels that are a coin's. */
    @Test
    void rollbacks() throws Exception {
        Pipeline pipeline = load("binary", "{type: sgd, learning-rate: 300}", "guard: {enabled: true, window: 64}\n");
        try (OperatorRun run = new OperatorRun(pipeline)) {
            for (int i = 0; i < 4000; i++) {
                run.event(view(i, i * 37 % 100, Integer.toString(ShopViews.sold(i))));
            }
            assertThat((Long) run.gauge(LearnGauge.ROLLBACKS)).isPositive();
            assertThat(((Number) run.gauge(LearnGauge.LEARNING_RATE_FACTOR)).doubleValue())
                    .isBetween(1e-9, 0.99);
            assertThat(run.gauge(LearnGauge.SKIPPED_STEPS)).isEqualTo(0L);
        }
    }

    private static String view(int i, int price, String sold) {
        return "{\"id\":\"v" + i + "\",\"time\":" + time(i) + ",\"price\":" + price + ",\"sold\":" + sold + "}";
    }

    private Pipeline load(String task, String optimizer, String more) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                input: {topic: views, format: json, id: id, time: time}
                features: [{numeric: price}]
                label: {field: sold}
                task: %s
                model: logistic
                optimizer: %s
                batch-size: 2
                %soutput: {predictions: p, dead-letters: d}
                """.formatted(task, optimizer, more));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
