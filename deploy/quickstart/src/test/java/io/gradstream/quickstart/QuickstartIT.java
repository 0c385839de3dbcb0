package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./gradstream quickstart} as it was built, in a process of its own, ended with Ctrl-C. */
class QuickstartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int INTERRUPTED = 130;

    @TempDir
    Path folder;

    @Test
    void controlCEndsEverythingAndKeepsFiguresAndModel() throws Exception {
        Path shown = folder.resolve("shown.txt");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path output = folder.resolve("output");
        Process process = start(shown, temporary, output);
        try {
            Awaitility.await("a snapshot")
                    .atMost(PATIENCE)
                    .until(() -> Files.readString(shown).contains("snapshot v") || !process.isAlive());
            assertThat(process.isAlive()).as(Files.readString(shown)).isTrue();
            List<ProcessHandle> children = process.descendants().toList();
            interrupt(process);
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            String text = Files.readString(shown);
            assertThat(process.exitValue()).as(text).isEqualTo(INTERRUPTED);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(text)
                    .contains(
                            "Stopping …",
                            "Stopped. Everything it started is ended",
                            "accuracy 0.",
                            "What to try next:");
            assertThat(left(temporary)).isEmpty();
            Model model = Model.read(Files.readAllBytes(output.resolve("flights.safetensors")));
            assertThat(model.info().version()).isPositive();
            assertThat(text)
                    .contains("The model is version %,d".formatted(model.info().version()));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path shown, Path temporary, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                ProjectFiles.ROOT.resolve("gradstream").toString(),
                "quickstart",
                "--duration",
                "2m",
                "--output",
                output.toString());
        builder.environment().put("GRADSTREAM_BUILD", "never");
        builder.environment().put("GRADSTREAM_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("GRADSTREAM_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        return builder.redirectErrorStream(true).redirectOutput(shown.toFile()).start();
    }

    private static void interrupt(Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Files and folders that were left behind. */
    private static List<Path> left(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }
}
