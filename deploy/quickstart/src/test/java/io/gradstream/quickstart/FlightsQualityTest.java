package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.replay.ReplayResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart's pipeline over all of its flights is as good as README says, and no better than what can be known before they land. */
class FlightsQualityTest {
    private static final int ALL = 732_685;

    @TempDir
    Path folder;

    @Test
    void isAsGoodAsOneCanBeBeforeTheyLand() throws Exception {
        ReplayResult replay = FlightTopics.replay(folder, ALL);

        Map<String, Double> metrics = replay.metrics();
        assertThat(replay.examples()).isEqualTo(ALL);
        assertThat(metrics.get("accuracy")).isBetween(0.795, 0.805);
        assertThat(metrics.get("auc")).isBetween(0.75, 0.765);
        assertThat(metrics.get("log-loss")).isBetween(0.445, 0.46);
    }
}
