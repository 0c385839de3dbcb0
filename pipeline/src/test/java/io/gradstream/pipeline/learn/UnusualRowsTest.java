package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.ShopViews.sale;
import static io.gradstream.pipeline.learn.ShopViews.time;
import static io.gradstream.pipeline.learn.ShopViews.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that is not learned in its turn is silent: a line in the log, seldom enough, that says what to do. */
class UnusualRowsTest {
    private static final String IN_EVENT = "{field: sold}";
    private static final String APART = "{field: sold, topic: sales, id: id, time: time, wait: 60s}";
    private static final List<String> TOPICS = List.of("views", "sales");

    @TempDir
    Path folder;

    @Test
    void aRowBehindTheWatermarkIsLogged() throws Exception {
        try (LogLines log = LogLines.of(UnusualRows.class);
                OperatorRun run = new OperatorRun(load(IN_EVENT, "event-time"))) {
            run.watermark(time(100));
            run.event(view(1, 98));
            assertThat(run.counters()).containsEntry("outOfOrder", 1L);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "1 rows came behind the watermark and were processed at once, out of the order of their times; the last is"
                                    + " the example at 2023-11-14T22:14:58Z from views-0@0, 2000 ms behind. Raise out-of-orderness ")
                    .contains("raise idle-after (0s: without end)");
        }
    }

    @Test
    void anIdThatComesAgainInOneChainIsLogged() throws Exception {
        try (LogLines log = LogLines.of(UnusualRows.class);
                OperatorRun run = new OperatorRun(load(IN_EVENT, "arrival"))) {
            run.event(view(1, 1));
            assertThat(log.lines()).isEmpty();
            run.event(view(1, 2));
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0))
                    .startsWith("1 events had an id that was here before")
                    .contains("the last is the example at 2023-11-14T22:13:22Z from views-0@1. Either something sends");
            assertThat(log.lines().get(1))
                    .startsWith("1 labels were for an id whose label was known, and were not learned")
                    .contains("the last is, or belongs to, the example at 2023-11-14T22:13:22Z from views-0@1. Either");
        }
    }

    @Test
    void whatComesAgainAndWhatExpiresInAJoinIsLogged() throws Exception {
        try (LogLines log = LogLines.of(UnusualRows.class);
                OperatorRun run = new OperatorRun(load(APART, "arrival"))) {
            run.event(view(1, 1));
            run.event(view(1, 1));
            run.label(sale(1, 2));
            run.label(sale(1, 3));
            run.event(view(2, 4));
            run.watermark(time(200));
            run.event(view(3, 5));
            assertThat(run.counters())
                    .containsEntry("duplicateEvents", 1L)
                    .containsEntry("duplicateLabels", 1L)
                    .containsEntry("expired", 2L);
            assertThat(log.lines()).hasSize(4);
            assertThat(log.lines().get(0)).startsWith("1 events had an id").contains("views-0@1");
            assertThat(log.lines().get(1)).startsWith("1 labels were for an id").contains("the label at ", "sales-0@1");
            assertThat(log.lines().get(2))
                    .startsWith(
                            "1 events had no label when the wait of 60000 ms was over and were not learned; the last is the"
                                    + " example at 2023-11-14T22:13:24Z from views-0@2. Look whether labels come");
            assertThat(log.lines().get(3))
                    .startsWith("1 (of 2 that expired in all) events came")
                    .contains("views-0@3");
            assertThat(log.lines()).noneMatch(line -> line.contains("v1") || line.contains("v3"));
        }
    }

    /** With a default, too: its label may have been here, so nothing is learned. What to do is not what helps where labels are missing. */
    @Test
    void anEventThatComesWhenItsWaitIsOverHasALineOfItsOwn() throws Exception {
        try (LogLines log = LogLines.of(UnusualRows.class);
                OperatorRun run = new OperatorRun(load(APART.replace("60s", "60s, default: 0"), "arrival"))) {
            run.label(sale(9, 200));
            run.watermark(time(200));
            run.event(view(3, 5));
            assertThat(run.counters()).containsEntry("expired", 1L).containsEntry("defaulted", 0L);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("1 events came when the wait for their label was over, and were scored and not learned")
                    .contains("with no default", "example at 2023-11-14T22:13:25Z from views-0@0, 1")
                    .contains(" ms after its wait. Look")
                    .doesNotContain("label.default", "v3");
        }
    }

    /** Counts go on from a checkpoint, lines begin anew: or what begins after a restart would be silent until there is as much again. */
    @Test
    void linesAreOfThisStart() throws Exception {
        Pipeline pipeline = load(IN_EVENT, "arrival");
        OperatorRun before = new OperatorRun(pipeline);
        for (int i = 0; i < 8; i++) {
            before.event(view(1, i));
        }
        try (LogLines log = LogLines.of(UnusualRows.class);
                OperatorRun run = before.restored(pipeline)) {
            run.event(view(1, 9));
            assertThat(run.counters()).containsEntry("duplicateEvents", 8L);
            assertThat(log.lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).startsWith("1 (with those before this start 8) "));
        }
    }

    /** Also of events that wait since before the list of topics changed, and of those that came after. */
    @ParameterizedTest
    @MethodSource
    void whatExpiredIsNamedByItsTopicWhateverItsNumberIsNow(StateBackend backend) throws Exception {
        int some = 64;
        OperatorRun before = new OperatorRun(load(APART, "arrival"), backend);
        for (int i = 0; i < some; i++) {
            before.event(view(i, i));
        }
        Pipeline changed = load("[clicks, views]", APART, "arrival");
        OperatorRun between = before.restored(changed);
        for (int i = some; i < 2 * some; i++) {
            between.event(view(i, i));
        }
        try (LogLines log = LogLines.of(UnusualRows.class);
                OperatorRun run = between.restored(changed)) {
            run.watermark(time(60 + some - 1));
            assertThat(log.lines())
                    .hasSize(7)
                    .allSatisfy(line -> assertThat(line).contains(" from views-0@"))
                    .last()
                    .asString()
                    .contains(" from views-0@63.");
            run.watermark(time(200));
            assertThat(log.lines()).hasSize(8).last().asString().contains(" from clicks-0@127.");
        }
    }

    private static List<StateBackend> whatExpiredIsNamedByItsTopicWhateverItsNumberIsNow() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @Test
    void aMillionRowsAreTwentyLinesAndNoGarbage() {
        UnusualRows unusual = new UnusualRows(new Counters(), TOPICS);
        var example = Specs.event("a", 1, 1);
        try (LogLines log = LogLines.of(UnusualRows.class)) {
            for (int i = 0; i < 1 << 19; i++) {
                unusual.duplicateEvent(example);
            }
            long before = allocated();
            for (int i = 1; i < 1 << 19; i++) {
                unusual.duplicateEvent(example);
            }
            assertThat(allocated() - before).isLessThan(10_000);
            assertThat(log.lines()).hasSize(20);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private Pipeline load(String label, String order) throws Exception {
        return load("views", label, order);
    }

    private Pipeline load(String topics, String label, String order) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                order: %s
                input: {topic: %s, format: json, id: id, time: time}
                features: [{numeric: [price, visits]}]
                label: %s
                task: binary
                output: {predictions: p, dead-letters: d}
                """.formatted(order, topics, label));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
