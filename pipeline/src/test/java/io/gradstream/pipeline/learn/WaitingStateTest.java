package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the join keeps in Flink's state: as much as waits, and nothing when all waits are over. */
class WaitingStateTest {
    private static final int IDS = 20_000;
    private static final long WAIT = 60_000;
    private static final long START = 1_700_000_000_000L;

    @TempDir
    Path folder;

    /** Ninety-nine of a hundred events, and as many labels, are of one id. */
    @Test
    void aHotKeyIsOneEntry() throws Exception {
        try (OperatorRun run = new OperatorRun(pipeline())) {
            for (int i = 0; i < IDS; i++) {
                String id = i % 100 == 0 ? "v" + i : "hot";
                run.event(event(id, START + i));
                run.label(label(id, START + i));
            }
            run.watermark(START + IDS);
            assertThat(run.entries()).isEqualTo(1 + IDS / 100);
            assertThat(run.timers()).isLessThanOrEqualTo(2 * (1 + IDS / 100));
            assertThat(run.counters())
                    .containsEntry("learned", 1L + IDS / 100)
                    .containsEntry("duplicateEvents", IDS - 1L - IDS / 100);
            run.watermark(START + IDS + 2 * WAIT);
            assertThat(run.entries()).isZero();
            assertThat(run.timers()).isZero();
        }
    }

    /** Nobody ever says what became of them; restored in the middle. */
    @Test
    void manyIdsWithoutALabelAreGoneAfterTwiceTheWait() throws Exception {
        OperatorRun run = new OperatorRun(pipeline());
        for (int i = 0; i < IDS; i++) {
            run.event(event("v" + i, START + i));
        }
        run.watermark(START + IDS);
        assertThat(run.entries()).isEqualTo(IDS);
        try (OperatorRun restored = run.restored(pipeline())) {
            assertThat(restored.entries()).isEqualTo(IDS);
            restored.watermark(START + IDS + WAIT);
            assertThat(restored.counters()).containsEntry("expired", (long) IDS).containsEntry("waiting", 0L);
            restored.watermark(START + IDS + 2 * WAIT);
            assertThat(restored.entries()).isZero();
            assertThat(restored.timers()).isZero();
        }
    }

    private Pipeline pipeline() throws Exception {
        return PipelineFile.loadWithoutKafka(Files.writeString(folder.resolve("views.yaml"), """
                        name: views
                        input: {topic: views, format: json, id: id, time: time}
                        features: [{numeric: [x]}]
                        label: {field: y, topic: sales, id: id, time: time, wait: %sms}
                        task: binary
                        output: {predictions: p, dead-letters: d}
                        """.formatted(WAIT)))
                .pipeline();
    }

    private static String event(String id, long time) {
        return "{\"id\":\"" + id + "\",\"time\":" + time + ",\"x\":" + time % 7 + "}";
    }

    private static String label(String id, long time) {
        return "{\"id\":\"" + id + "\",\"time\":" + time + ",\"y\":" + time % 2 + "}";
    }
}
