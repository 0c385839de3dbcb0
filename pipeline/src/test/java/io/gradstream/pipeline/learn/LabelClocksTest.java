package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.ShopViews.sale;
import static io.gradstream.pipeline.learn.ShopViews.time;
import static io.gradstream.pipeline.learn.ShopViews.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.PipelineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever holds default labels back is counted and named, not once, and what to do is said. */
class LabelClocksTest {
    private static final long WAIT = 100;
    private static final long LATENESS = 10;

    @TempDir
    Path folder;

    @Test
    void partitionsThatHoldDefaultsBackAreCounted() {
        LabelClocks clocks = clocks(3, true);
        assertThat(clocks.silent()).isZero();
        clocks.tell(1000);
        assertThat(clocks.silent()).as("none ever gave a label").isEqualTo(3);
        clocks.came(0, 0, 5000);
        clocks.came(0, 1, 911);
        clocks.came(0, 2, 910);
        clocks.tell(1000);
        assertThat(clocks.silent())
                .as("one label is older than clock, wait and lateness allow")
                .isEqualTo(1);
        assertThat(clocks.least()).isEqualTo(899);
        clocks.came(0, 2, 911);
        clocks.tell(1000);
        assertThat(clocks.silent()).isZero();
    }

    @Test
    void whereNoPartitionCountsNoneIsSilent() {
        LabelClocks clocks = clocks(3, false);
        try (LogLines log = LogLines.of(LabelClocks.class)) {
            clocks.tell(1000);
            assertThat(clocks.silent()).isZero();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void theSlowestIsNamedAgainWhenItHasBeenSilentForTwiceAsLong() {
        LabelClocks clocks = clocks(2, true);
        clocks.came(0, 0, 1_000_000);
        try (LogLines log = LogLines.of(LabelClocks.class)) {
            for (int clock = 1000; clock <= 2000; clock += 50) {
                clocks.tell(clock);
            }
            assertThat(log.lines())
                    .as("at 1000, and after 100, 200, 400 ms more")
                    .hasSize(4)
                    .allSatisfy(line -> assertThat(line)
                            .contains(
                                    "beyond the beginning: partition sales-1 of the labels",
                                    "slowest of 1 that hold",
                                    "fewer partitions, or let what writes the labels write one"));
            clocks.came(0, 1, 1_000_000);
            clocks.tell(2050);
            clocks.tell(2100);
            assertThat(log.lines())
                    .last()
                    .isEqualTo("all partitions of the labels, sales-1 too, have come as far as default labels need");
            assertThat(log.lines()).hasSize(5);
        }
    }

    /** As in a backlog of several partitions, of which another is the slowest at nearly each watermark. */
    @Test
    void partitionsThatTakeTurnsAreNamedNoMoreOften() {
        LabelClocks clocks = clocks(3, true);
        clocks.came(0, 0, 1_000_000);
        Set<String> named = new HashSet<>();
        try (LogLines log = LogLines.of(LabelClocks.class)) {
            for (int i = 1; i <= 1000; i++) {
                clocks.came(0, 1 + i % 2, i);
                clocks.tell(999 + i);
                named.add(clocks.slowest());
            }
            assertThat(named).containsExactlyInAnyOrder("sales-1", "sales-2");
            assertThat(log.lines())
                    .as("at 1000, and after 100, 200, 400 ms more")
                    .hasSize(4)
                    .allSatisfy(line -> assertThat(line).contains("slowest of 2 that hold"));
        }
    }

    @Test
    void aPartitionThatFallsBehindAgainAndAgainIsNamedOnceInAWait() {
        LabelClocks clocks = clocks(1, true);
        try (LogLines log = LogLines.of(LabelClocks.class)) {
            for (long clock = 1000; clock < 1000 + 5 * WAIT; clock += 10) {
                clocks.tell(clock);
                assertThat(clocks.silent()).isEqualTo(1);
                clocks.came(0, 0, clock - 80);
                clocks.tell(clock);
                assertThat(clocks.silent()).isZero();
            }
            assertThat(log.lines()).as("five times, and that it is over").hasSize(10);
        }
    }

    @Test
    void theMetricFollows() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                input: {topic: views, format: json, id: id, time: time}
                features: [{numeric: [price, visits]}]
                label: {field: sold, topic: sales, id: id, time: time, wait: 60s, default: 0}
                task: binary
                output: {predictions: p, dead-letters: d}
                """);
        try (OperatorRun run =
                new OperatorRun(PipelineFile.loadWithoutKafka(file).pipeline())) {
            run.event(view(1, 1));
            run.label(sale(2, 1));
            run.watermark(time(50));
            assertThat(run.gauge(LearnGauge.SILENT_LABEL_PARTITIONS)).isEqualTo(0);
            run.watermark(time(100));
            assertThat(run.gauge(LearnGauge.SILENT_LABEL_PARTITIONS)).isEqualTo(1);
            assertThat(run.counters()).containsEntry("defaulted", 0L).containsEntry("waiting", 1L);
            run.label(sale(3, 90));
            run.watermark(time(101));
            assertThat(run.gauge(LearnGauge.SILENT_LABEL_PARTITIONS)).isEqualTo(0);
            assertThat(run.counters()).containsEntry("defaulted", 1L);
        }
    }

    private static LabelClocks clocks(int partitions, boolean count) {
        Highest newest = new Highest();
        for (int partition = 0; partition < partitions; partition++) {
            newest.expect(0, partition);
        }
        return new LabelClocks(newest, List.of("sales"), LATENESS, WAIT, count);
    }
}
