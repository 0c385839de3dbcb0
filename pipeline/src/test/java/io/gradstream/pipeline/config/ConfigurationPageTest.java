package io.gradstream.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference page says what the code says. To write it anew: {@code -Dgradstream.write-docs=true}. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void isUpToDate() throws IOException {
        String wanted = ConfigurationPage.text();
        if (Boolean.getBoolean("gradstream.write-docs")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md; write it anew with ./mvnw -pl pipeline -am test"
                        + " -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dtest.jvm='-Dgradstream.write-docs=true'")
                .isEqualTo(wanted);
    }
}
