package io.gradstream.quickstart;

import io.gradstream.quickstart.panel.PanelText;
import io.gradstream.quickstart.panel.Screen;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code gradstream quickstart}. */
@Command(
        name = "quickstart",
        description = {
            "Watch a model learn 732,685 real flights from a live Kafka topic: starts a broker, Flink and the job of"
                    + " deploy/quickstart/flights.yaml in this process, on loopback and free ports, and ends all of it again.",
            "Order is event time, so the result does not depend on the speed."
        })
public final class QuickstartCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(QuickstartCommand.class);
    private static final int WIDEST = 100;
    private static final Duration CLEAN_END = Duration.ofSeconds(40);
    private static final int INTERRUPTED = 130;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Pace.class,
            description =
                    "How long the half year takes: such as 30s, 2m, 1h, or max for as fast as it goes (default: 2m).")
    private Duration duration = Duration.ofMinutes(2);

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for the last snapshot and the log (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("quickstart-output");

    @Option(names = "--no-color", description = "No colours; also with NO_COLOR set.")
    private boolean noColor;

    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException {
        Path home = Path.of(System.getProperty("gradstream.home", "."));
        Path files = home.resolve("deploy/quickstart");
        RunOptions options = new RunOptions(
                files.resolve("flights.yaml"),
                files.resolve("data/flights-2001h1-6hubs.csv.gz"),
                output,
                duration == Pace.MAX ? null : duration,
                Integer.MAX_VALUE);
        Path log = logTo(home);
        try (Screen screen = screen()) {
            return run(home, options, screen, log);
        } finally {
            ended.countDown();
        }
    }

    private int run(Path home, RunOptions options, Screen screen, Path log) {
        Duration lines = options.duration() == null
                ? Duration.ofSeconds(1)
                : Duration.ofMillis(Math.max(1000, options.duration().toMillis() / 60));
        Quickstart quickstart = new Quickstart(options, screen, new Quickstart.Cadence(Duration.ofMillis(400), lines));
        Thread hook = new Thread(() -> endCleanly(quickstart, screen), "end-cleanly");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Summary summary = quickstart.run();
            Path snapshot = save(summary);
            screen.say(summary.text(
                            snapshot.toString(), launcher(home), display(options.pipeline()), display(options.data()))
                    .toArray(String[]::new));
            return summary.stopped() ? INTERRUPTED : 0;
        } catch (Exception e) {
            LOG.error("The quickstart failed", e);
            screen.say("gradstream quickstart: " + reason(e), "Its log: " + log);
            return 1;
        } finally {
            removeHook(hook);
        }
    }

    private void endCleanly(Quickstart quickstart, Screen screen) {
        quickstart.stop();
        screen.say("Stopping …");
        try {
            if (!ended.await(CLEAN_END.toSeconds(), TimeUnit.SECONDS)) {
                screen.say("It did not end within " + CLEAN_END.toSeconds() + " s and is cut off.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook waits for this very thread.
            return;
        }
    }

    private Path save(Summary summary) throws IOException {
        Path file = output.resolve(summary.model() + ".safetensors");
        if (summary.outputs().snapshot() != null) {
            Files.write(file, summary.outputs().snapshot().bytes());
        }
        return file;
    }

    /** From here on the log goes to a file; the terminal belongs to the panel. */
    private Path logTo(Path home) throws IOException {
        Files.createDirectories(output);
        Path log = output.resolve("quickstart.log");
        System.setProperty("gradstream.log", log.toString());
        URI configuration = home.resolve("deploy/quickstart/target/dist/conf/log4j2-quickstart.xml")
                .toUri();
        Configurator.reconfigure(configuration);
        return log;
    }

    private Screen screen() {
        boolean terminal = Boolean.getBoolean("gradstream.terminal");
        boolean color = terminal && !noColor && System.getenv("NO_COLOR") == null;
        int width = Math.min(WIDEST, Integer.getInteger("gradstream.columns", 80) - 1);
        return new Screen(
                new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PanelText(width, color),
                terminal);
    }

    /** The launcher as the user would type it here. */
    private static String launcher(Path home) {
        String path = display(home.resolve("gradstream"));
        return path.equals("gradstream") ? "./gradstream" : path;
    }

    private static String display(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    }

    /** The messages from the outermost to the root cause, each once. */
    private static String reason(Throwable problem) {
        Set<String> messages = new LinkedHashSet<>();
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            boolean wrapper = cause instanceof ExecutionException || cause instanceof CompletionException;
            if (!wrapper) {
                messages.add(cause.getMessage() == null ? cause.toString() : cause.getMessage());
            }
        }
        return String.join(System.lineSeparator() + "  because: ", messages);
    }

    /** Reads 30s, 2m, 1h or max. */
    static final class Pace implements ITypeConverter<Duration> {
        /** As fast as it goes. */
        static final Duration MAX = Duration.ZERO;

        private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");

        @Override
        public Duration convert(String text) {
            if (text.equals("max")) {
                return MAX;
            }
            Matcher time = TIME.matcher(text.toLowerCase(Locale.ROOT));
            if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
                throw new TypeConversionException("'" + text + "' is neither a time such as 30s, 2m or 1h, nor max");
            }
            long number = Long.parseLong(time.group(1));
            return switch (time.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
    }
}
