package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.replay.ReplayResult;
import io.gradstream.quickstart.panel.PanelText;
import io.gradstream.quickstart.panel.Screen;
import io.gradstream.quickstart.watch.Outputs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart in this process on some of its flights, between real topics: the same figures as a replay, to the bit. */
class QuickstartTest {
    private static final int N = 30_000;

    @TempDir
    Path folder;

    @Test
    void givesExactlyWhatAReplayOfTheSameFlightsGives() throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Summary summary;
        try (Screen screen =
                new Screen(new PrintStream(shown, true, StandardCharsets.UTF_8), new PanelText(200, false), false)) {
            summary = quickstart(FlightTopics.PIPELINE, screen).run();
        }
        ReplayResult replay = FlightTopics.replay(folder, N);

        Outputs outputs = summary.outputs();
        assertThat(outputs.predictions()).isEqualTo(N);
        assertThat(outputs.deadLetters()).isZero();
        assertThat(outputs.all().examples()).isEqualTo(N).isEqualTo(replay.examples());
        assertThat(outputs.all().metrics()).isEqualTo(replay.metrics());
        assertThat(FlightTopics.weights(outputs.snapshot().bytes()))
                .isEqualTo(
                        FlightTopics.weights(Files.readAllBytes(replay.folder().resolve(ReplayResult.MODEL))))
                .startsWith(N / 128 + " ");

        List<String> lines = summary.text("model.safetensors", "./gradstream", "flights.yaml", "flights.csv");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("30,000 departures and their outcomes in ")
                        && line.endsWith("30,000 predictions committed, 30,000 outcomes learned, 0 dead letters."))
                .anyMatch(line ->
                        line.contains("accuracy %.4f".formatted(replay.metrics().get("accuracy"))))
                .anyMatch(line -> line.startsWith("The model is version 234"));
        assertThat(shown.toString(StandardCharsets.UTF_8).lines())
                .last()
                .asString()
                .startsWith("done       100 %")
                .contains("predicted 30,000  learned 30,000");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("flight-feeder", "output-watcher")
                .noneMatch(name -> name.startsWith("gradstream-"));
    }

    @Test
    void wantsWhatItCanShow() throws Exception {
        for (String schema : List.of("flight.avsc", "arrival.avsc")) {
            Files.copy(FlightTopics.PIPELINE.resolveSibling(schema), folder.resolve(schema));
        }
        Path file = folder.resolve("flights.yaml");
        Files.writeString(
                file,
                Files.readString(FlightTopics.PIPELINE)
                        .replace("task: binary", "task: regression")
                        .replaceFirst("  threshold: 15\n", ""));
        try (Screen screen =
                new Screen(new PrintStream(new ByteArrayOutputStream()), new PanelText(200, false), false)) {
            assertThatThrownBy(quickstart(file, screen)::run)
                    .hasMessageContaining("it wants label.topic and task: binary; use replay or run");
        }
    }

    private Quickstart quickstart(Path pipeline, Screen screen) {
        RunOptions options = new RunOptions(pipeline, FlightTopics.DATA, folder, null, N);
        Duration often = Duration.ofMillis(500);
        return new Quickstart(options, screen, new Quickstart.Cadence(often, often));
    }
}
