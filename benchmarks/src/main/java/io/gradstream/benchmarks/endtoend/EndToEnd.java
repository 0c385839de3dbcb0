package io.gradstream.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures a pipeline beside the identity job: a broker in a process of its own, each measurement a new JVM, the two sides in
 * turn. Prints events per second and CPU seconds per million records of the Flink process, as ratios to the identity job.
 */
@Command(
        name = "end-to-end",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Kafka to Kafka, beside a job that only copies bytes.")
public final class EndToEnd implements Callable<Integer> {
    /** Of the producer that fills topics, milliseconds. */
    private static final int FILLING_LINGER = 20;

    @Parameters(
            paramLabel = "CASE",
            arity = "1..*",
            description =
                    "logistic, mlp, mlp-score, flights, flights-event-time, quickstart; delivery: exactly-once beside"
                            + " at-least-once; latency: at a steady rate.")
    private List<String> cases;

    @Option(names = "--rounds", defaultValue = "3", description = "Pairs of processes (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--small", defaultValue = "500000", description = "Records of the small input (${DEFAULT-VALUE}).")
    private int small;

    @Option(names = "--large", defaultValue = "2500000", description = "Records of the large input (${DEFAULT-VALUE}).")
    private int large;

    @Option(
            names = "--warm-ups",
            defaultValue = "4",
            description = "Runs over the large input before those that count (${DEFAULT-VALUE}).")
    private int warmUps;

    @Option(names = "--passes", defaultValue = "3", description = "Times of the flights in theirs (${DEFAULT-VALUE}).")
    private int passes;

    @Option(names = "--rate", defaultValue = "10000", description = "Events per second of latency (${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "60", description = "How long latency measures (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--jdk", description = "Home of the JDK that runs the jobs (default: this one).")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--heap", defaultValue = "1g", description = "Heap of the Flink process (${DEFAULT-VALUE}).")
    private String heap;

    @Option(
            names = "--quickstart",
            defaultValue = "deploy/quickstart",
            description = "Folder of flights.yaml and its data (${DEFAULT-VALUE}).")
    private Path quickstart;

    private Path folder;
    private String bootstrap;
    private Inputs inputs;
    private int runs;

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EndToEnd()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        folder = Files.createTempDirectory("gradstream-benchmark-");
        Files.writeString(folder.resolve("forty.avsc"), Load.schema());
        try (ChildJvm broker =
                ChildJvm.start(jdk, List.of("-Xmx512m", "-XX:+UseSerialGC"), BrokerProcess.class, List.of())) {
            bootstrap = broker.awaitLine(BrokerProcess.READY, line -> {}).substring(BrokerProcess.READY.length());
            try (Topics topics = new Topics(bootstrap, FILLING_LINGER)) {
                inputs = new Inputs(bootstrap, folder, new FlightsInput(quickstart, bootstrap, passes), small, large);
                inputs.fill(topics, cases);
            }
            for (String each : cases) {
                measure(each);
            }
        }
        return 0;
    }

    private void measure(String title) throws Exception {
        if (title.equals("latency")) {
            try (Topics topics = new Topics(bootstrap, 0)) {
                System.out.print(new Latency(jdk, heap, bootstrap, folder, topics).measure(rate, seconds, rounds));
            }
        } else if (title.equals("delivery")) {
            sides("exactly-once / at-least", Cases.LOGISTIC, Side.LEARN, false, Side.LEARN, true);
        } else {
            Cases each = Cases.of(title);
            if (each.side() == Side.SCORE) {
                process(Side.LEARN, each, true);
            }
            sides(title, each, Side.IDENTITY, true, each.side(), true);
            if (!each.flights() && each.side() == Side.LEARN) {
                alone(each);
            }
        }
    }

    private void alone(Cases each) throws IOException, InterruptedException {
        List<Measurement> measured = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            String file =
                    inputs.pipeline(each, "large", "alone-" + ++runs, true).toString();
            List<String> arguments = List.of(file, Integer.toString(large), Integer.toString(large));
            try (ChildJvm jvm = ChildJvm.start(jdk, List.of("-Xmx" + heap), Alone.class, arguments)) {
                measured.add(Measurement.ofLine(jvm.awaitLine("MEASURED", System.err::println)));
                jvm.join();
            }
        }
        System.out.print(Comparison.alone(measured));
    }

    private void sides(String title, Cases each, Side first, boolean firstOnce, Side second, boolean secondOnce)
            throws Exception {
        List<Measurement> one = new ArrayList<>();
        List<Measurement> other = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            one.add(process(first, each, firstOnce));
            other.add(process(second, each, secondOnce));
            System.err.printf("%s: round %d of %d%n", title, round, rounds);
        }
        System.out.print(Comparison.of(title, one, other));
        System.out.flush();
    }

    private Measurement process(Side side, Cases each, boolean exactlyOnce) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                side.name(),
                Boolean.toString(exactlyOnce),
                Long.toString(inputs.small(each)),
                Long.toString(inputs.large(each))));
        List<String> files = new ArrayList<>(Collections.nCopies(warmUps, "large"));
        files.addAll(List.of("small", "large"));
        for (String input : files) {
            arguments.add(
                    inputs.pipeline(each, input, "out-" + ++runs, exactlyOnce).toString());
        }
        List<String> options = List.of("-Xmx" + heap, "-Xms" + heap);
        try (ChildJvm jvm = ChildJvm.start(jdk, options, JobProcess.class, arguments)) {
            Measurement measured = Measurement.ofLine(jvm.awaitLine("MEASURED", System.err::println));
            jvm.join();
            return measured;
        }
    }
}
