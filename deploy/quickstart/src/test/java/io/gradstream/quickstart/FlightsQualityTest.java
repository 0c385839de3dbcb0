package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradstream.pipeline.replay.ReplayResult;
import io.gradstream.quickstart.panel.PanelText;
import io.gradstream.quickstart.panel.Screen;
import io.gradstream.quickstart.watch.Outputs;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart's pipeline over all of its flights comes to what README says, from a file and between Kafka's topics. */
class FlightsQualityTest {
    private static final int ALL = 732_685;
    /** README has four digits. */
    private static final double ROUNDED = 1e-4;

    private static final Duration OFTEN = Duration.ofMillis(500);

    @TempDir
    static Path folder;

    private static ReplayResult replay;

    @BeforeAll
    static void replayAll() throws Exception {
        replay = FlightTopics.replay(folder, ALL);
    }

    @Test
    void isAsGoodAsReadmeSays() throws Exception {
        Matcher said = Pattern.compile("\\| the model of `flights.yaml` \\| ([0-9.]+) \\| ([0-9.]+) \\| ([0-9.]+) \\|")
                .matcher(ProjectFiles.read("README.md"));
        assertThat(said.find()).isTrue();

        assertThat(replay.examples()).isEqualTo(ALL);
        assertThat(replay.metrics().get("accuracy")).isCloseTo(Double.parseDouble(said.group(1)), within(ROUNDED));
        assertThat(replay.metrics().get("auc")).isCloseTo(Double.parseDouble(said.group(2)), within(ROUNDED));
        assertThat(replay.metrics().get("log-loss")).isCloseTo(Double.parseDouble(said.group(3)), within(ROUNDED));
    }

    /** Its time is spent on the newer JDK only. */
    @EnabledForJreRange(min = JRE.JAVA_21)
    @Test
    void isTheSameBetweenTopicsToTheBit() throws Exception {
        Outputs outputs;
        try (Screen screen =
                new Screen(new PrintStream(OutputStream.nullOutputStream()), new PanelText(200, false), false)) {
            RunOptions options = new RunOptions(FlightTopics.PIPELINE, FlightTopics.DATA, folder, null, ALL);
            outputs = new Quickstart(options, screen, new Quickstart.Cadence(OFTEN, OFTEN))
                    .run()
                    .outputs();
        }
        assertThat(outputs.predictions()).isEqualTo(ALL);
        assertThat(outputs.all().metrics()).isEqualTo(replay.metrics());
        assertThat(FlightTopics.weights(outputs.snapshot().bytes()))
                .isEqualTo(
                        FlightTopics.weights(Files.readAllBytes(replay.folder().resolve(ReplayResult.MODEL))));
    }
}
