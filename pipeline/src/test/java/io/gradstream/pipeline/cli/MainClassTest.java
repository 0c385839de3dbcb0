package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.pipeline.config.PipelineException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main class as Flink runs it, with a class loader of its own: it must not end the process, which may be a JobManager. */
class MainClassTest {

    @TempDir
    Path folder;

    @Test
    void aWrongFileIsThrownWithItsProblems() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "name: wrong\ntusk: binary\n");
        assertThatThrownBy(() -> asFlinkDoes("validate", "--offline", file.toString()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tusk")
                .hasCauseInstanceOf(PipelineException.class);
    }

    @Test
    void wrongOptionsAreThrown() {
        assertThatThrownBy(() -> asFlinkDoes("run", "--no-such-option"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("wrong options: gradstream run --no-such-option");
    }

    private static void asFlinkDoes(String... arguments) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader users = new URLClassLoader(new URL[0], before)) {
            thread.setContextClassLoader(users);
            Gradstream.main(arguments);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
