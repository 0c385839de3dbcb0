package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradstream.pipeline.replay.ReplayResult;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart's pipeline over all of its flights comes to what README says. */
class FlightsQualityTest {
    private static final int ALL = 732_685;
    /** README has four digits. */
    private static final double ROUNDED = 1e-4;

    @TempDir
    Path folder;

    @Test
    void isAsGoodAsReadmeSays() throws Exception {
        Matcher said = Pattern.compile("\\| the model of `flights.yaml` \\| ([0-9.]+) \\| ([0-9.]+) \\| ([0-9.]+) \\|")
                .matcher(ProjectFiles.read("README.md"));
        assertThat(said.find()).isTrue();

        ReplayResult replay = FlightTopics.replay(folder, ALL);

        assertThat(replay.examples()).isEqualTo(ALL);
        assertThat(replay.metrics().get("accuracy")).isCloseTo(Double.parseDouble(said.group(1)), within(ROUNDED));
        assertThat(replay.metrics().get("auc")).isCloseTo(Double.parseDouble(said.group(2)), within(ROUNDED));
        assertThat(replay.metrics().get("log-loss")).isCloseTo(Double.parseDouble(said.group(3)), within(ROUNDED));
    }
}
