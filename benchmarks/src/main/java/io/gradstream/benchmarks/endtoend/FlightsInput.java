package io.gradstream.benchmarks.endtoend;

import io.gradstream.quickstart.feed.FlightFeeder;
import io.gradstream.quickstart.feed.Flights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The quickstart's flights and their outcomes, in topics beforehand, and its pipeline over them. */
final class FlightsInput {
    private static final int SMALL = 100_000;
    private static final long POLL_NANOS = 50_000_000;

    private final Path quickstart;
    private final String bootstrap;

    /** @param quickstart the folder with {@code flights.yaml}, its schemas and {@code data} */
    FlightsInput(Path quickstart, String bootstrap) {
        this.quickstart = quickstart;
        this.bootstrap = bootstrap;
    }

    /** Makes and fills the topics; puts the schemas beside the pipeline files. */
    void fill(Topics topics, Path folder) throws IOException, InterruptedException {
        for (String schema : List.of("flight.avsc", "arrival.avsc")) {
            Files.copy(quickstart.resolve(schema), folder.resolve(schema));
        }
        topics.create(List.of("flights-small", "arrivals-small", "flights-large", "arrivals-large"));
        feed("small", SMALL);
        feed("large", Integer.MAX_VALUE);
    }

    /** Departures and outcomes that the large input has more than the small one. */
    long difference() throws IOException {
        return 2L * (read(Integer.MAX_VALUE).size() - SMALL);
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

    private void feed(String size, int flights) throws IOException {
        try (FlightFeeder feeder =
                new FlightFeeder(read(flights), bootstrap, "flights-" + size, "arrivals-" + size, null)) {
            feeder.start();
            while (!feeder.isDone()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private Flights read(int limit) throws IOException {
        return Flights.read(quickstart.resolve("data/flights-2001h1-6hubs.csv.gz"), limit);
    }
}
