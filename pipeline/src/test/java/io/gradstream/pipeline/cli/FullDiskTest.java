package io.gradstream.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradstream.pipeline.replay.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine;

/** A replay onto a disk that fills up, as {@code /dev/full} always is: which file it was is said, and what an older replay left is still there. */
@Timeout(120)
class FullDiskTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final int ROWS = 3000;

    /** Each finds the disk full in its turn. */
    static final List<String> FILES = ReplayResult.FILES;

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private Path output;

    @BeforeEach
    void anOldReplay() throws IOException {
        output = Files.createDirectories(folder.resolve("results"));
        for (String file : FILES) {
            Files.writeString(output.resolve(file), "old");
        }
    }

    @ParameterizedTest
    @FieldSource("FILES")
    void saysWhatCouldNotBeWrittenAndKeepsTheOld(String file) throws IOException {
        assumeTrue(Files.exists(FULL), "there is no /dev/full here");
        Files.createSymbolicLink(output.resolve(file + ".part"), FULL);
        assertThat(replay()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(terminal.err().strip())
                .isEqualTo(output.resolve(file) + " cannot be written: No space left on device");
        assertThat(left()).containsExactlyInAnyOrderElementsOf(FILES);
        for (String old : FILES) {
            assertThat(output.resolve(old)).hasContent("old");
        }
    }

    private int replay() throws IOException {
        Path pipeline = Files.writeString(folder.resolve("views.yaml"), """
                name: views
                input: {topic: views, format: json, time: t}
                features: [{numeric: [x]}]
                label: {field: y}
                task: binary
                batch-size: 50
                warm-up: 0s
                output: {predictions: p, snapshots: {topic: s, every: 10 steps}, metrics: m, dead-letters: d}
                """);
        Path input = Files.writeString(
                folder.resolve("views.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> (1_700_000_000_000L + i) + "," + i % 7 + "," + i % 2)
                        .collect(Collectors.joining("\n", "t,x,y\n", "\n")));
        return terminal.run(
                "replay",
                pipeline.toString(),
                "--input",
                input.toString(),
                "--delay",
                "1",
                "--output",
                output.toString());
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }
}
