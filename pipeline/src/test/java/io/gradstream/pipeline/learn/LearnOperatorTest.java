package io.gradstream.pipeline.learn;

import static io.gradstream.pipeline.learn.ShopViews.N;
import static io.gradstream.pipeline.learn.ShopViews.feed;
import static io.gradstream.pipeline.learn.ShopViews.sold;
import static io.gradstream.pipeline.learn.ShopViews.time;
import static io.gradstream.pipeline.learn.ShopViews.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.config.Pipeline;
import io.gradstream.pipeline.config.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The learning operators' state: what is restored goes on to the bit, or is refused with its reason. */
class LearnOperatorTest {
    private static final String IN_EVENT = "  field: sold\n";
    private static final String INPUT = "input: {topic: views, format: json, id: id, time: time}";
    private static final String IN_EVENT_REMEMBERING = IN_EVENT + INPUT.replace("}", ", remember-ids: %d}\n");
    private static final String APART = "  {field: sold, topic: sales, id: id, time: time, wait: 60s}\n";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "labels apart: {0}, order: {1}, with a default: {2}")
    @CsvSource({
        "false, arrival, false", "false, event-time, false",
        "true, arrival, false", "true, event-time, false",
        "true, arrival, true", "true, event-time, true"
    })
    void whatIsRestoredGoesOnToTheBit(boolean apart, String order, boolean withDefault) throws Exception {
        String label = !apart
                ? IN_EVENT_REMEMBERING.formatted(50)
                : withDefault ? APART.replace("wait: 60s", "wait: 60s, default: 0") : APART;
        Pipeline pipeline = load(label, "order: " + order, "[8]", "price, visits", 50);
        try (OperatorRun undisturbed = new OperatorRun(pipeline)) {
            feed(undisturbed, 0, N);
            try (OperatorRun last = restoredAt(pipeline, 37, 38, 211, 400, N)) {
                assertThat(last.weights()).isEqualTo(undisturbed.weights());
                assertThat(last.counters()).isEqualTo(undisturbed.counters());
                assertThat(ofTopic("v", last))
                        .containsExactlyElementsOf(ofTopic("v", undisturbed))
                        .hasSizeGreaterThan(N);
                for (String topic : List.of("WINDOW", "ALL", "snapshot")) {
                    assertThat(ofTopic(topic, last))
                            .containsExactlyElementsOf(ofTopic(topic, undisturbed))
                            .isNotEmpty();
                }
                assertThat(last.counters().get("learned")).isGreaterThan(N * 3L / 4);
            }
        }
    }

    /** Steps far too large, so that the model is tried beside its last good version; restores before and during that time. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aGuardGoesOnToTheBit(boolean apart) throws Exception {
        String label = apart ? APART : IN_EVENT;
        Pipeline pipeline = load(
                label,
                "order: event-time\nguard: {enabled: true, window: 64}",
                "[8]",
                "price, visits",
                50,
                "learning-rate: 300}\nbatch-size: 8");
        try (OperatorRun undisturbed = new OperatorRun(pipeline)) {
            feed(undisturbed, 0, N);
            assertThat(undisturbed.guard().suspected()).isTrue();
            try (OperatorRun last = restoredAt(pipeline, 37, 120, 150, 180, 211, 400, N)) {
                assertThat(last.weights()).isEqualTo(undisturbed.weights());
                assertThat(last.guard().state()).isEqualTo(undisturbed.guard().state());
                assertThat(ofTopic("v", last)).containsExactlyElementsOf(ofTopic("v", undisturbed));
            }
        }
    }

    /** No watermark comes where the label is in the event and order is arrival: what was held is taken when the job is restored. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void heldRowsAreTakenWhenTheOrderBecomesArrival(boolean apart) throws Exception {
        String label = apart ? APART : IN_EVENT;
        Pipeline arriving = load(label, "order: arrival", "[8]", "price, visits", 50);
        OperatorRun run = new OperatorRun(load(label, "order: event-time", "[8]", "price, visits", 50));
        for (int i : new int[] {3, 1, 2}) {
            run.event(view(i, i));
        }
        assertThat(run.counters()).containsEntry("events", 0L);
        try (OperatorRun last = run.restored(arriving)) {
            assertThat(ofTopic("v", last).stream().map(line -> line.replaceAll(" .*", "")))
                    .containsExactly("v1", "v2", "v3");
            assertThat(last.counters()).containsEntry("events", 3L);
            last.event(view(4, 4));
            try (OperatorRun again = last.restored(arriving)) {
                assertThat(again.counters()).containsEntry("events", 4L).containsEntry("predictions", 4L);
            }
        }
    }

    /** A checkpoint has the names of topics: what it holds is theirs, whatever their number in the list is now. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aChangedListOfTopicsLeavesWithEachWhatIsIts(boolean apart) throws Exception {
        String label = apart ? APART : IN_EVENT;
        Pipeline before = load(label + INPUT + "\n", "order: event-time", "[8]", "price, visits", 50);
        Pipeline after = load(
                label + INPUT.replace("views", "[clicks, views]") + "\n",
                "order: event-time",
                "[8]",
                "price, visits",
                50);
        OperatorRun run = new OperatorRun(before);
        feed(run, 0, 300);
        try (OperatorRun restored = run.restored(after)) {
            String offsets = restored.offsets();
            assertThat(offsets).contains("\"views-0\":").doesNotContain("clicks");
            if (apart) {
                assertThat(offsets).contains("\"sales-0\":");
            }
            restored.watermark(time(1000));
            assertThat(restored.offsets()).contains("\"views-0\":").doesNotContain("clicks");
            assertThat(restored.counters())
                    .containsEntry("predictions", restored.counters().get("events"));
        }
    }

    @Test
    void aChangeThatLeavesTheModelAsItIsIsTakenOver() throws Exception {
        Pipeline changed =
                load(APART.replace("60s", "90s"), "order: arrival\nprofile: latency", "[8]", "price, visits", 20);
        try (OperatorRun run = begun(APART).restored(changed)) {
            feed(run, 300, N);
            assertThat(run.out())
                    .as("windows of 50, and of 20 from there on")
                    .anyMatch(line -> line.startsWith("WINDOW 50 "))
                    .anyMatch(line -> line.startsWith("WINDOW 20 "));
            assertThat(run.out().subList(run.out().size() - 200, run.out().size()))
                    .noneMatch(line -> line.startsWith("WINDOW 50 "));
            try (OperatorRun again = run.restored(changed)) {
                assertThat(again.counters().get("events")).isGreaterThan(N);
            }
        }
    }

    /** 300 events are 18 steps of 16 and some pending rows, of which a smaller batch makes steps when the job is restored. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void howStepsAreMadeMayChange(boolean apart) throws Exception {
        String label = apart ? APART : IN_EVENT;
        Pipeline changed = load(
                label,
                "order: arrival\nschedule: {type: warmup, steps: 30}\nclipping: {norm: 1}",
                "[8]",
                "price, visits",
                50,
                "learning-rate: 0.02}\nbatch-size: 3");
        try (OperatorRun run = begun(label)) {
            try (OperatorRun restored = run.restored(changed)) {
                feed(restored, 300, N);
                long learned = restored.counters().get("learned");
                assertThat(learned).isGreaterThan(N * 3L / 4);
                String last = restored.out().stream()
                        .filter(line -> line.startsWith("v"))
                        .reduce((first, second) -> second)
                        .orElseThrow();
                long version = Long.parseLong(last.replaceAll(".* v(\\d+) .*", "$1"));
                assertThat(version).as("steps of 3 after those of 16").isBetween(learned / 16 + 50, learned / 3);
            }
        }
    }

    @Test
    void whatChangedIsLoggedInOneLine() throws Exception {
        Pipeline changed = load(
                APART.replace("wait: 60s", "wait: 90s, default: 1"),
                "order: arrival\nclipping: {norm: 1}",
                "[8]",
                "price, visits",
                20,
                "learning-rate: 0.02}\nbatch-size: 3");
        try (LogLines log = LogLines.of(SavedLearner.class);
                OperatorRun run = begun(APART).restored(changed);
                OperatorRun same = run.restored(changed)) {
            assertThat(same.counters()).containsKey("events");
            assertThat(log.lines())
                    .containsExactly("pipeline 'shop' goes on from the checkpoint with other settings:"
                            + " optimizer.learning-rate 0.1 → 0.02, clipping.norm 0.0 → 1.0, batch-size 16 → 3,"
                            + " output.metrics.window 50 → 20, label.wait 60000ms → 90000ms, label.default none → 1.0");
        }
    }

    /** Before the first event since the restore, too, when the newest is not known. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theAgeOfARestoredModelIsThatOfItsLastStep(boolean apart) throws Exception {
        String label = apart ? APART : IN_EVENT;
        try (OperatorRun scratch = new OperatorRun(load(label, "", "[8]", "price, visits", 50));
                OperatorRun run = begun(label).restored(scratch.pipeline())) {
            assertThat(scratch.modelAge()).isEqualTo(-1);
            assertThat(run.modelAge()).isZero();
            run.event(view(N, N).replaceFirst(",\"sold\":[01]", ""));
            run.weights();
            assertThat(run.modelAge()).isBetween(1L, 1000L * N);
        }
    }

    /** Also after a restore, as long as it has made no step of its own; then those of its own rows count. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theAgeOfAModelFromAFileIsThatOfItsLastStepThere(boolean apart) throws Exception {
        try (OperatorRun before = begun(apart ? APART : IN_EVENT)) {
            byte[] file = before.snapshot();
            before.event(view(N, N).replaceFirst(",\"sold\":[01]", ""));
            before.weights();
            try (OperatorRun run =
                    new OperatorRun(before.pipeline(), of -> SavedLearner.read(of, file, "the file m.safetensors"))) {
                assertThat(run.modelAge()).isZero();
                run.event(view(N, N).replaceFirst(",\"sold\":[01]", ""));
                run.weights();
                assertThat(run.modelAge()).isEqualTo(before.modelAge()).isPositive();
                assertThat(run.out()).singleElement().asString().contains(" age " + before.modelAge() + " ");
                try (OperatorRun restored = run.restored(run.pipeline())) {
                    restored.event(view(N + 1, N + 1).replaceFirst(",\"sold\":[01]", ""));
                    restored.weights();
                    assertThat(restored.modelAge()).isEqualTo(before.modelAge() + 1000);
                }
            }
        }
    }

    @Test
    void anotherOptimizerIsRefusedAndNamed() throws Exception {
        Pipeline other = load(
                APART,
                "order: arrival",
                "[8]",
                "price, visits",
                50,
                "learning-rate: 0.1, epsilon: 0.001}\nbatch-size: 16");
        try (OperatorRun run = begun(APART)) {
            assertThatThrownBy(() -> run.restored(other))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("optimizer.epsilon: wanted 0.001, the snapshot has 1.0E-10");
        }
    }

    @Test
    void aChangeOfTheModelIsRefusedAndNamed() throws Exception {
        Pipeline wider = load(APART, "order: arrival", "[16]", "price, visits", 50);
        try (OperatorRun run = begun(APART)) {
            assertThatThrownBy(() -> run.restored(wider))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("the model in the checkpoint cannot be gone on from")
                    .hasMessageContaining("layers[1].units: wanted 16, the snapshot has 8");
        }
    }

    @Test
    void aChangeOfAFeatureIsRefusedAndNamed() throws Exception {
        Pipeline other = load(APART, "order: arrival", "[8]", "visits, price", 50);
        try (OperatorRun run = begun(APART)) {
            assertThatThrownBy(() -> run.restored(other))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("features[0]")
                    .hasMessageContaining("\"visits\" here, and was \"price\" for the model");
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void asManyLearnersAsThereAreCopiesOfTheOperatorAreRefused(boolean apart) throws Exception {
        try (OperatorRun run = begun(apart ? APART : IN_EVENT)) {
            assertThatThrownBy(() -> run.restored(run.pipeline(), 2))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("runs with parallelism 1, and not 2");
        }
    }

    /** In their order; between two topics there is none, since a micro-batch may be flushed earlier. */
    /** Fed up to each of these views, and restored there. */
    private static OperatorRun restoredAt(Pipeline pipeline, int... views) throws Exception {
        OperatorRun run = new OperatorRun(pipeline);
        int at = 0;
        for (int until : views) {
            feed(run, at, until);
            at = until;
            run = run.restored(pipeline);
        }
        return run;
    }

    private static List<String> ofTopic(String start, OperatorRun run) {
        return run.out().stream().filter(line -> line.startsWith(start)).toList();
    }

    private OperatorRun begun(String label) throws Exception {
        OperatorRun run = new OperatorRun(load(label, "order: arrival", "[8]", "price, visits", 50));
        feed(run, 0, 300);
        return run;
    }

    /**
     * Two ids are remembered. What comes again is scored and marked; its label is learned unless one was, even if the first event had
     * none.
     */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void anIdThatComesAgainIsScoredAndMarkedAndLearnedOnce(boolean restored) throws Exception {
        Pipeline pipeline = load(IN_EVENT_REMEMBERING.formatted(2), "", "[8]", "price, visits", 50);
        OperatorRun run = new OperatorRun(pipeline);
        String unlabelled = view(4, 4).replace(",\"sold\":" + sold(4), "");
        for (String view : List.of(view(1, 1), unlabelled)) {
            run.event(view);
        }
        if (restored) {
            run = run.restored(pipeline);
        }
        for (String view : List.of(view(1, 2), view(4, 5), view(4, 6), view(3, 7), view(1, 8), view(4, 9))) {
            run.event(view);
        }
        try (OperatorRun last = run.restored(pipeline)) {
            assertThat(last.out().stream()
                            .filter(line -> line.startsWith("v"))
                            .map(line -> line.replaceAll(" .* ", " ")))
                    .containsExactly(
                            "v1 false",
                            "v4 false",
                            "v1 true",
                            "v4 true",
                            "v4 true",
                            "v3 false",
                            "v1 false",
                            "v4 false");
            assertThat(last.counters())
                    .containsEntry("events", 8L)
                    .containsEntry("duplicateEvents", 3L)
                    .containsEntry("unlabelled", 1L)
                    .containsEntry("labels", 7L)
                    .containsEntry("learned", 5L)
                    .containsEntry("duplicateLabels", 2L);
        }
    }

    private Pipeline load(String label, String more, String hidden, String numeric, int window) throws IOException {
        return load(label, more, hidden, numeric, window, "learning-rate: 0.1}\nbatch-size: 16");
    }

    private Pipeline load(String label, String more, String hidden, String numeric, int window, String steps)
            throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                name: shop
                warm-up: 0s
                %s
                features:
                  - numeric: [%s]
                label:
                %stask: binary
                model: {preset: mlp, hidden: %s}
                optimizer: {type: adagrad, %s
                output: {predictions: p, snapshots: {topic: s, every: 5 steps}, metrics: {topic: m, window: %d}, dead-letters: d}
                %s
                """.formatted(
                        label.contains("input: ") ? "" : INPUT, numeric, label, hidden, steps, window, more));
        return PipelineFile.loadWithoutKafka(file).pipeline();
    }
}
