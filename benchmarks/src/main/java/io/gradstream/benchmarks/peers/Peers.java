package io.gradstream.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a JVM for each repetition, and prints medians and the worst of all. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "The model core beside OpenBLAS and libtorch, one thread each, both in turn in each of several JVMs.")
public final class Peers implements Callable<Integer> {
    @Parameters(paramLabel = "CASE", arity = "1..*", description = "What to compare: one or more of the cases below.")
    private List<String> cases;

    @Option(names = "--starts", defaultValue = "10", description = "JVMs, one after another (${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--turns",
            defaultValue = "15",
            description = "Timed turns of each side in a JVM (${DEFAULT-VALUE}).")
    private int turns;

    @Option(
            names = "--warm-up",
            defaultValue = "3000",
            description =
                    "Each side is warmed up until it has not become faster for so many milliseconds (${DEFAULT-VALUE}).")
    private long warmUp;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the numbers (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--jdk", description = "Home of the JDK to run on (default: this one).")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--jvm", description = "A further option of the JVMs, as -Dgradstream.vector-bits=256.")
    private List<String> options = List.of();

    /** Runs it. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Peers());
        line.getCommandSpec().usageMessage().footer("", "Cases: " + PeerCase.titles());
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        cases.forEach(PeerCase::of);
        System.out.printf("seed %d, %d JVMs of %s %s%n", seed, starts, jdk, options);
        for (String each : cases) {
            Map<String, List<Score>> scores = new LinkedHashMap<>();
            for (int start = 1; start <= starts; start++) {
                run(each, scores);
                System.err.printf("%s: JVM %d of %d%n", each, start, starts);
            }
            System.out.print(ScoreTable.of(each, PeerCase.of(each), scores));
            System.out.flush();
        }
        return 0;
    }

    private void run(String each, Map<String, List<Score>> scores) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin/java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:MaxInlineLevel=25",
                "-Xms1g",
                "-Xmx1g",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PeerProcess.class.getName()));
        command.addAll(List.of(String.valueOf(seed), String.valueOf(turns), String.valueOf(warmUp), each));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        for (String variable : List.of("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")) {
            builder.environment().put(variable, "1");
        }
        // It names a processor, perhaps another than this one.
        builder.environment().remove("OPENBLAS_CORETYPE");
        Process process = builder.start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Score score = Score.ofLine(line);
                if (score != null) {
                    scores.computeIfAbsent(score.name(), name -> new ArrayList<>())
                            .add(score);
                }
            }
        }
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("a JVM of '" + each + "' ended with code " + code);
        }
    }
}
