package io.gradstream.model.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with vectors that does nothing but one program of the tests. */
public final class FreshJvm {
    private static final boolean UNSTABLE_COMPILER = Runtime.version().feature() < 21;

    /** Starts after which what one start shows is the code's fault: JDK 17 compiles one in six badly (measured), newer ones none in ten. */
    static final int STARTS = UNSTABLE_COMPILER ? 4 : 2;

    private FreshJvm() {}

    /** Runs it and gives the lines that it prints. */
    static List<String> lines(Class<?> program, String... arguments) throws IOException, InterruptedException {
        return lines(List.of(), program, arguments);
    }

    /** The same with options of its own. */
    public static List<String> lines(List<String> options, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).as("%s: %s", command, out).isZero();
        return out.lines().toList();
    }
}
