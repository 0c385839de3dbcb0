package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.replay.ReplayResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTextTest {

    @Test
    void whyNoStepWasMadeIsSaid() {
        assertThat(text(0, 12))
                .contains(String.format("%-24s %14s%n", "skippedSteps", "12"))
                .contains(
                        "\n12 of 12 mini-batches were skipped, because their loss or gradient is not finite, or far too large: ");
        assertThat(text(3000, 1)).contains("\n1 of 3,001 mini-batches were skipped, ");
    }

    @Test
    void nothingIsSaidOfStepsWhereNoneWasSkipped() {
        assertThat(text(7, 0)).doesNotContain("skipped");
    }

    private static String text(long version, long skipped) {
        return ReplayText.of(
                new ReplayResult(9, version, Map.of(), Map.of("learned", 9L, "skippedSteps", skipped), Path.of("r")));
    }
}
