package io.gradstream.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The topics that are read, each in a small and a large size, and the pipeline files that read them. */
final class Inputs {
    private final String bootstrap;
    private final Path folder;
    private final FlightsInput flights;
    private final int small;
    private final int large;

    Inputs(String bootstrap, Path folder, FlightsInput flights, int small, int large) {
        this.bootstrap = bootstrap;
        this.folder = folder;
        this.flights = flights;
        this.small = small;
        this.large = large;
    }

    /** Makes and fills what these cases read. */
    void fill(Topics topics, List<String> cases) throws IOException, InterruptedException {
        boolean anyFlights = cases.stream().anyMatch(Inputs::flights);
        boolean forty = cases.stream().anyMatch(each -> !flights(each) && !each.equals("latency"));
        if (forty) {
            topics.create(List.of("forty-small", "forty-large"));
            topics.fill("forty-small", small);
            topics.fill("forty-large", large);
        }
        if (anyFlights) {
            flights.fill(topics, folder);
        }
    }

    private static boolean flights(String title) {
        return Arrays.stream(Cases.values())
                .anyMatch(each -> each.flights() && each.title().equals(title));
    }

    /** Records of the small input. */
    long small(Cases each) {
        return each.flights() ? flights.small() : small;
    }

    /** Records of the large input. */
    long large(Cases each) {
        return each.flights() ? flights.large() : large;
    }

    /** Writes the pipeline file of a case for one of the sizes. */
    Path pipeline(Cases each, String size, String output, boolean exactlyOnce) throws IOException {
        Path file = folder.resolve(output + ".yaml");
        String yaml = each.flights()
                ? flights.yaml(size, output, exactlyOnce, each)
                : each.yaml(bootstrap, "forty-" + size, output, exactlyOnce, false, true);
        Files.writeString(file, yaml);
        return file;
    }
}
