package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmarks' launchers with a Maven wrapper and a Java that are small scripts: what is measured is the code that is there. */
class BenchmarkLaunchersTest {
    private static final String FAKE_MAVEN = """
            echo "$@" >>builds
            if [ -f broken ]; then exit 1; fi
            mkdir -p benchmarks/target/lib
            case $* in *-Ppeers*) : >benchmarks/target/lib/pytorch-native-cpu-1.jar ;; esac
            """;

    @TempDir
    Path project;

    @BeforeEach
    void makeAProject() throws IOException {
        Files.createDirectories(project.resolve("benchmarks"));
        for (String file : List.of("build.sh", "end-to-end", "jmh", "peers", "real-data")) {
            Files.copy(ProjectFiles.ROOT.resolve("benchmarks").resolve(file), project.resolve("benchmarks/" + file));
        }
        Files.writeString(project.resolve("mvnw"), FAKE_MAVEN);
        Path source = project.resolve("connectors/src/main/java/Job.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Job {}");
        Path java = project.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\necho ran\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"end-to-end", "jmh", "peers", "real-data"})
    void buildsOnceAndAgainWhenASourceIsNewer(String launcher) throws Exception {
        assertThat(run(launcher)).isEqualTo("ran\n");
        assertThat(run(launcher)).isEqualTo("ran\n");
        assertThat(builds()).hasSize(1);
        pullASource();
        assertThat(run(launcher)).isEqualTo("ran\n");
        assertThat(builds()).hasSize(2);
        assertThat(run(launcher)).isEqualTo("ran\n");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void thePeersAreFetchedWhereTheOthersWereBuiltWithout() throws Exception {
        run("jmh");
        run("peers");
        run("jmh");
        assertThat(builds())
                .containsExactly(
                        "-q -DskipTests -pl benchmarks -am package",
                        "-q -DskipTests -Ppeers -pl benchmarks -am package");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jmh", "peers"})
    void whoSaysSoDecidesWhetherItBuilds(String launcher) throws Exception {
        run("jmh");
        pullASource();
        assertThat(run(launcher, "never")).isEqualTo("ran\n");
        assertThat(builds()).hasSize(1);
        assertThat(run(launcher, "always")).isEqualTo("ran\n");
        assertThat(run(launcher, "always")).isEqualTo("ran\n");
        assertThat(builds()).hasSize(3);
    }

    @Test
    void whatDoesNotBuildIsNotMeasured() throws Exception {
        run("jmh");
        Files.writeString(project.resolve("broken"), "");
        pullASource();
        assertThat(run("jmh")).isEmpty();
        assertThat(run("jmh")).as("nor the second time").isEmpty();
    }

    /** Newer than what is built, which is as if it were older. */
    private void pullASource() throws IOException {
        Files.setLastModifiedTime(
                project.resolve("benchmarks/target/built"),
                FileTime.from(Instant.now().minusSeconds(60)));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(project.resolve("builds"));
    }

    /** What Java printed. */
    private String run(String launcher) throws Exception {
        return run(launcher, "");
    }

    private String run(String launcher, String build) throws Exception {
        Path out = project.resolve("out");
        ProcessBuilder builder = new ProcessBuilder("sh", "benchmarks/" + launcher)
                .directory(project.toFile())
                .redirectOutput(out.toFile())
                .redirectError(project.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", project.resolve("jdk").toString());
        builder.environment().put("GRADSTREAM_BUILD", build);
        assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }
}
