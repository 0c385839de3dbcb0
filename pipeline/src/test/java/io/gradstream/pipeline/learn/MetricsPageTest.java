package io.gradstream.pipeline.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of metrics says what the code registers. To write it anew: {@code -Dgradstream.write-docs=true}. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @Test
    void isUpToDate() throws IOException {
        String wanted = MetricsPage.text();
        if (Boolean.getBoolean("gradstream.write-docs")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }
}
