package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** What the join keeps in Flink's state: as much as waits, and nothing when all waits are over. */
class WaitingStateTest {
    private static final int IDS = 20_000;
    private static final int MANY = 1_000_000;

    /** Has no divisor in common with a power of ten, so that multiples of it go once through all ids. */
    private static final long STRIDE = 618_033;

    /** With one number in the event, an id of seven characters and compressed object pointers. 205, 148 and 28 were measured; the last are tables, which do not shrink. */
    private static final long WAITING_BYTES = 240;

    private static final long LEARNED_BYTES = 180;
    private static final long GONE_BYTES = 40;
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
            assertThat(run.wakes()).isLessThanOrEqualTo(2 * (1 + IDS / 100));
            assertThat(run.counters())
                    .containsEntry("learned", 1L + IDS / 100)
                    .containsEntry("duplicateEvents", IDS - 1L - IDS / 100);
            run.watermark(START + IDS + 2 * WAIT);
            assertThat(run.entries()).isZero();
            assertThat(run.wakes()).isZero();
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
            assertThat(restored.wakes()).isZero();
        }
    }

    /** Its time is spent on the newer JDK only. */
    @EnabledForJreRange(min = JRE.JAVA_21)
    @Test
    @Timeout(60)
    void aMillionIdsTakeABoundedPartOfTheHeap() throws Exception {
        try (OperatorRun run = new OperatorRun(pipeline())) {
            long before = usedHeap();
            for (int i = 0; i < MANY; i++) {
                run.event(event("v" + i, START + i / 100));
                forgetOut(run, i);
            }
            run.watermark(START + MANY / 100);
            assertThat(run.counters()).containsEntry("waiting", (long) MANY);
            assertThat(perId(before)).as("bytes for an id that waits").isLessThan(WAITING_BYTES);

            for (int i = 0; i < MANY; i++) {
                long which = Long.remainderUnsigned(i * STRIDE, MANY);
                run.label(label("v" + which, START + MANY / 100 + i / 100));
                forgetOut(run, i);
            }
            run.watermark(START + MANY / 50);
            assertThat(run.counters())
                    .containsEntry("learned", (long) MANY)
                    .containsEntry("waiting", 0L)
                    .containsEntry("duplicateLabels", 0L);
            assertThat(perId(before)).as("bytes for an id that is learned").isLessThan(LEARNED_BYTES);

            run.watermark(START + MANY / 50 + 2 * WAIT);
            assertThat(run.entries()).isZero();
            assertThat(run.wakes()).isZero();
            assertThat(perId(before)).as("bytes for an id that is gone").isLessThan(GONE_BYTES);
        }
    }

    private static void forgetOut(OperatorRun run, int i) {
        if (i % 1000 == 0) {
            run.dropOut();
        }
    }

    private static long perId(long before) {
        return (usedHeap() - before) / MANY;
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
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
