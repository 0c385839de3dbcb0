package io.gradstream.quickstart.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightsTest {
    private static final Path DATA = Path.of("data/flights-2001h1-6hubs.csv.gz");
    private static final String HEADER = "dep_time,origin,destination,distance_mi,arr_delay_min\n";

    @TempDir
    Path folder;

    @Test
    void theDataIsWhatItsReadmeSays() throws IOException {
        Flights flights = Flights.read(DATA, Integer.MAX_VALUE);

        assertThat(flights.size()).isEqualTo(732_685);
        int late = 0;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < flights.size(); i++) {
            assertThat(flights.get(i).departed()).isGreaterThanOrEqualTo(last);
            last = flights.get(i).departed();
            late += flights.get(i).delayMinutes() > 15 ? 1 : 0;
        }
        assertThat(late / (double) flights.size()).isBetween(0.2254, 0.2256);
        assertThat(Instant.ofEpochMilli(flights.firstMillis())).isEqualTo("2001-01-01T05:30:00Z");
        assertThat(Files.readString(Path.of("data/README.md"))).contains("732,685");
    }

    @Test
    void aFlightLandsAfterItsTimeInTheAirFortyMinutesAndItsDelay() throws IOException {
        Flights flights = read(HEADER + "2001-01-01T05:30,LAX,PHX,375,-11\n2001-01-01T06:00,LAX,PHX,375,20\n");

        assertThat(Instant.ofEpochMilli(flights.get(0).landed())).isEqualTo("2001-01-01T07:00:00Z"); // early is no gain
        assertThat(Instant.ofEpochMilli(flights.get(1).landed())).isEqualTo("2001-01-01T07:50:00Z");
        assertThat(flights.lastMillis()).isEqualTo(flights.get(1).landed());
    }

    @Test
    void takesNoMoreThanTheLimit() throws IOException {
        assertThat(Flights.read(DATA, 7).size()).isEqualTo(7);
    }

    @Test
    void saysWhichLineIsNoFlight() {
        assertThatIOException()
                .isThrownBy(() -> read(HEADER + "2001-01-01T05:30,LAX,PHX,375,-11\n2001-01-01T05:30,LAX,PHX,far,0\n"))
                .withMessageContaining("line 3 is no flight")
                .withMessageContaining("far");
        assertThatIOException().isThrownBy(() -> read(HEADER + "a,b\n")).withMessageContaining("2 cells, not 5");
        assertThatIOException().isThrownBy(() -> read("a,b\n")).withMessageContaining("line 1 should be");
        assertThatIOException().isThrownBy(() -> read(HEADER)).withMessageContaining("holds no flight");
    }

    private Flights read(String text) throws IOException {
        return Flights.read(Files.writeString(folder.resolve("flights.csv"), text), Integer.MAX_VALUE);
    }
}
