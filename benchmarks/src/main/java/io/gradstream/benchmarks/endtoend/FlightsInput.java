package io.gradstream.benchmarks.endtoend;

import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.quickstart.feed.Flights;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/** The quickstart's flights and their outcomes, in topics beforehand, and its pipeline over them. */
final class FlightsInput {
    private static final int SMALL = 100_000;
    private static final long WEEKS = 26;
    private static final long POLL_NANOS = 50_000_000;

    private final Path quickstart;
    private final String bootstrap;
    private final int passes;
    private long large;

    /**
     * @param quickstart the folder with {@code flights.yaml}, its schemas and {@code data}
     * @param passes how often the large input has the flights, each time 26 weeks later
     */
    FlightsInput(Path quickstart, String bootstrap, int passes) {
        this.quickstart = quickstart;
        this.bootstrap = bootstrap;
        this.passes = passes;
    }

    /** Makes and fills the topics; puts the schemas beside the pipeline files. */
    void fill(Topics topics, Path folder) throws IOException, InterruptedException {
        for (String schema : List.of("flight.avsc", "arrival.avsc")) {
            Files.copy(quickstart.resolve(schema), folder.resolve(schema));
        }
        topics.create(List.of("flights-small", "arrivals-small", "flights-large", "arrivals-large"));
        Path data = quickstart.resolve("data/flights-2001h1-6hubs.csv.gz");
        feed("small", Flights.read(data, SMALL));
        Flights flights = Flights.read(repeated(data, folder.resolve("flights.csv")), Integer.MAX_VALUE);
        large = 2L * flights.size();
        feed("large", flights);
    }

    /** Departures and outcomes of the small input. */
    long small() {
        return 2L * SMALL;
    }

    /** Departures and outcomes of the large input, once it is filled. */
    long large() {
        return large;
    }

    /** Each flight keeps its day of the week in every pass. */
    private Path repeated(Path data, Path file) throws IOException {
        List<String> lines;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(data)), StandardCharsets.UTF_8))) {
            lines = in.lines().toList();
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.append(lines.get(0)).append('\n');
            for (int pass = 0; pass < passes; pass++) {
                for (String line : lines.subList(1, lines.size())) {
                    int time = line.indexOf(',');
                    LocalDateTime departed = LocalDateTime.parse(line.substring(0, time));
                    out.append(departed.plusWeeks(WEEKS * pass).toString());
                    out.append(line, time, line.length()).append('\n');
                }
            }
        }
        return file;
    }

    String yaml(String size, String output, boolean exactlyOnce, Cases each) throws IOException {
        String yaml = Files.readString(quickstart.resolve("flights.yaml"));
        return (each.pairs() ? yaml : withoutPairs(yaml))
                .replaceFirst("topic: flights,", "topic: flights-" + size + ", start-offsets: earliest, bounded: true,")
                .replaceFirst("topic: arrivals", "topic: arrivals-" + size)
                .replaceFirst("\\$\\{ENV:KAFKA_BROKERS}", bootstrap)
                .replaceFirst("order: event-time", each.eventTime() ? "order: event-time" : "order: arrival")
                .replaceFirst("predictions: flight-predictions", "predictions: " + output)
                .replaceFirst(
                        "output:",
                        "delivery: " + (exactlyOnce ? "exactly-once" : "at-least-once")
                                + "\noutput:\n  transactional-id-prefix: " + output);
    }

    private static String withoutPairs(String yaml) {
        return yaml.replaceFirst("(?m)^ *- all-pairs:.*\\R", "").replaceFirst("preset: wide-and-deep", "preset: mlp");
    }

    private void feed(String size, Flights flights) {
        try (FlightFeeder feeder = new FlightFeeder(flights, bootstrap, "flights-" + size, "arrivals-" + size, null)) {
            feeder.start();
            while (!feeder.isDone()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }
}
