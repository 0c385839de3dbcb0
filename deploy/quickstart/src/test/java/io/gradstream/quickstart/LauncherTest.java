package io.gradstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher against JDK folders and a Maven wrapper that are small scripts; its tools are the machine's. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "sh",
            "sed",
            "awk",
            "head",
            "tail",
            "tr",
            "sort",
            "grep",
            "dirname",
            "readlink",
            "find",
            "cat",
            "mkdir",
            "mv",
            "rm",
            "tee",
            "touch");
    private static final String FAKE_JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "VERSION" 2026-01-01' >&2; exit 0; fi
            printf '%s\\n' "$@"
            """;
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "$JAVA_HOME" >>builds
            if [ -f broken ]; then echo '[ERROR] it does not compile'; exit 1; fi
            echo '[INFO] Building Gradstream: quickstart 0.1.0-SNAPSHOT    [2/2]'
            mkdir -p deploy/quickstart/target/dist/lib
            """;

    @TempDir
    Path folder;

    private Path project;
    private Path jdks;
    private Path bin;

    @BeforeEach
    void makeAProjectInAFolderWithASpace() throws IOException {
        project = Files.createDirectories(folder.resolve("my project"));
        Files.copy(ProjectFiles.ROOT.resolve("gradstream"), project.resolve("gradstream"));
        Files.createDirectories(project.resolve("pipeline/src/main/java"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.writeString(project.resolve("pipeline/src/main/java/Job.java"), "class Job {}");
        executable(project.resolve("mvnw"), FAKE_MAVEN);
        jdks = Files.createDirectories(folder.resolve("jdks"));
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + machineTool(tool) + " \"$@\"\n");
        }
    }

    @Test
    void choosesTheNewestJdk() throws Exception {
        jdk("a", "17.0.15");
        Path newest = jdk("b with space", "25.0.3");
        jdk("c", "21.0.10");

        assertThat(launch("--which-java").out()).isEqualTo(newest + "\n");
    }

    @Test
    void comparesVersionsByNumberNotByText() throws Exception {
        jdk("a", "17.0.9");
        Path newest = jdk("b", "17.0.15");
        jdk("c", "17");

        assertThat(launch("--which-java").out()).isEqualTo(newest + "\n");
    }

    @Test
    void readsTheVersionFromJavaWhereThereIsNoReleaseFile() throws Exception {
        jdk("a", "17.0.15");
        Path newest = jdk("b", "22.0.1");
        Files.delete(newest.resolve("release"));

        assertThat(launch("--which-java").out()).isEqualTo(newest + "\n");
    }

    @Test
    void looksIntoJavaHomeAndPathAndMacFolders() throws Exception {
        Path inJavaHome = jdk(folder.resolve("elsewhere"), "18");
        assertThat(launch(Map.of("JAVA_HOME", inJavaHome.toString()), "--which-java")
                        .out())
                .isEqualTo(inJavaHome + "\n");

        Path onPath = jdk(folder.resolve("onpath"), "19");
        Files.createSymbolicLink(bin.resolve("java"), onPath.resolve("bin/java"));
        assertThat(launch("--which-java").out()).isEqualTo(onPath + "\n");

        Path mac = jdk(jdks.resolve("temurin-20.jdk/Contents/Home"), "20");
        assertThat(launch("--which-java").out()).isEqualTo(mac + "\n");
    }

    @Test
    void takesTheOneItIsToldEvenIfThereIsANewer() throws Exception {
        jdk("newer", "25");
        Path told = jdk(folder.resolve("told"), "17");

        assertThat(launch(Map.of("GRADSTREAM_JAVA_HOME", told.toString()), "--which-java")
                        .out())
                .isEqualTo(told + "\n");
    }

    @Test
    void saysWhatItFoundWhenNothingWillDo() throws Exception {
        jdk("old", "11.0.2");
        jdk("older", "1.8.0_402");
        Files.delete(jdk("runtime", "21.0.1").resolve("bin/javac"));
        Files.writeString(jdk("small", "21.0.2").resolve("release"), """
                JAVA_VERSION="21.0.2"
                MODULES="java.base java.logging"
                """);

        Result result = launch("quickstart");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("a JDK 17 or newer is needed")
                .contains("old: Java 11.0.2, too old")
                .contains("older: Java 1.8.0_402, too old")
                .contains("runtime: Java 21.0.1, but a JRE (no javac)")
                .contains("small: Java 21.0.2, without the module jdk.incubator.vector")
                .contains("GRADSTREAM_JAVA_HOME=");
        assertThat(project.resolve("builds")).doesNotExist();
    }

    @Test
    void saysWhenThereIsNoJavaAtAll() throws Exception {
        Result result = launch("quickstart");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("none was found").doesNotContain("Found, but");
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        Path jdk = jdk("a", "21.0.1");

        Result first = launch("validate", "a file.yaml");
        assertThat(first.err()).contains("Java 21.0.1 from " + jdk).contains("building");
        assertThat(launch("validate").err()).doesNotContain("building");

        Path source = project.resolve("pipeline/src/main/java/Job.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        assertThat(launch("validate").err()).contains("building");
        assertThat(Files.readAllLines(project.resolve("builds"))).containsExactly(jdk.toString(), jdk.toString());
    }

    @Test
    void givesTheCommandToJavaAsItCame() throws Exception {
        jdk("a", "25.0.1");

        assertThat(launch("replay", "a file.yaml", "--input", "x*").out().lines())
                .contains("--add-modules", "jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow")
                .contains("-Dgradstream.home=" + project.toRealPath())
                .endsWith("io.gradstream.quickstart.Main", "replay", "a file.yaml", "--input", "x*");
    }

    @ParameterizedTest
    @CsvSource({"17.0.15, true", "20.0.2, true", "21, false", "21.0.1, false", "25.0.3, false"})
    void inlinesDeeperBelowJava21(String version, boolean deeper) throws Exception {
        jdk("a", version);

        assertThat(launch("validate").out().lines().filter(option -> option.startsWith("-XX:MaxInlineLevel")))
                .isEqualTo(deeper ? List.of("-XX:MaxInlineLevel=25") : List.of());
    }

    @Test
    void runsThroughALinkFromAnotherFolder() throws Exception {
        jdk("a", "17.0.1");
        Path link = Files.createSymbolicLink(bin.resolve("gradstream"), project.resolve("gradstream"));

        Result result = run(folder, Map.of(), List.of("sh", link.toString(), "validate"));

        assertThat(result.out())
                .contains("-Dgradstream.home=" + project.toRealPath())
                .doesNotContain("--sun-misc-unsafe-memory-access");
    }

    @Test
    void showsWhyABuildFailedAndRunsNothing() throws Exception {
        jdk("a", "21");
        Files.writeString(project.resolve("broken"), "");

        Result result = launch("quickstart");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("[ERROR] it does not compile")
                .contains("the build failed")
                .contains("build.log");
    }

    @Test
    void canBeToldNotToBuild() throws Exception {
        jdk("a", "21");

        Result result = launch(Map.of("GRADSTREAM_BUILD", "never"), "quickstart");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("nothing is built");
        assertThat(project.resolve("builds")).doesNotExist();
    }

    private Path jdk(String name, String version) throws IOException {
        return jdk(jdks.resolve(name), version);
    }

    private static Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/java"), FAKE_JAVA.replace("VERSION", version));
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), """
                IMPLEMENTOR="Someone"
                JAVA_RUNTIME_VERSION="%s+1"
                JAVA_VERSION="%s"
                """.formatted(version, version));
        return home;
    }

    private Result launch(String... arguments) throws Exception {
        return launch(Map.of(), arguments);
    }

    private Result launch(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "gradstream"));
        command.addAll(List.of(arguments));
        return run(project, environment, command);
    }

    private Result run(Path directory, Map<String, String> environment, List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("GRADSTREAM_JDK_DIRS", jdks.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static Path machineTool(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " on this machine's PATH"));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Result(int code, String out, String err) {}
}
