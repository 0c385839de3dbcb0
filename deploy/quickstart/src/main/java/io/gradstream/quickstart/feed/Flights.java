package io.gradstream.quickstart.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** The flights of the data file, in its order, which is by departure. */
public final class Flights {
    private static final String HEADER = "dep_time,origin,destination,distance_mi,arr_delay_min";
    private static final long MINUTE = 60_000;
    private static final long TAXI_MINUTES = 40;
    private static final long MILLIS_PER_MILE = 8_000; // 7.5 miles a minute

    private final List<Flight> flights;
    private final long firstMillis;
    private final long lastMillis;

    private Flights(List<Flight> flights) {
        this.flights = flights;
        this.firstMillis = flights.get(0).departed();
        long last = firstMillis;
        for (Flight flight : flights) {
            last = Math.max(last, flight.landed());
        }
        this.lastMillis = last;
    }

    /**
     * Reads the file, gzipped if it is named so.
     *
     * @param limit most flights to take
     * @throws IOException if the file cannot be read, or naming the line that is no flight
     */
    public static Flights read(Path file, int limit) throws IOException {
        List<Flight> flights = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            String header = lines.readLine();
            if (!HEADER.equals(header)) {
                throw new IOException(file + ": line 1 should be " + HEADER + ", but is " + header);
            }
            String line = lines.readLine();
            while (line != null && flights.size() < limit) {
                flights.add(parse(file, flights.size(), line));
                line = lines.readLine();
            }
        }
        if (flights.isEmpty()) {
            throw new IOException(file + " holds no flight");
        }
        return new Flights(flights);
    }

    private static Flight parse(Path file, int number, String line) throws IOException {
        String[] cells = line.split(",", -1);
        try {
            if (cells.length == 5) {
                return new Flight(
                        number,
                        LocalDateTime.parse(cells[0]).toInstant(ZoneOffset.UTC).toEpochMilli(),
                        cells[1].intern(),
                        cells[2].intern(),
                        Integer.parseInt(cells[3]),
                        Integer.parseInt(cells[4]));
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw new IOException(where(file, number, line) + ": " + e.getMessage(), e);
        }
        throw new IOException(where(file, number, line) + ": it has " + cells.length + " cells, not 5");
    }

    private static String where(Path file, int number, String line) {
        return String.format(Locale.ROOT, "%s: line %d is no flight: %s", file, number + 2, line);
    }

    /** How many. */
    public int size() {
        return flights.size();
    }

    /** One of them, from 0. */
    public Flight get(int number) {
        return flights.get(number);
    }

    /** Departure of the first, in ms since the epoch. */
    public long firstMillis() {
        return firstMillis;
    }

    /** The last landing, in ms since the epoch. */
    public long lastMillis() {
        return lastMillis;
    }

    /**
     * One flight. Times are the origin's local clock, taken as UTC.
     *
     * @param number its row in the file, from 0: its id
     * @param departed ms since the epoch
     * @param delayMinutes on arrival; negative is early
     */
    public record Flight(
            long number, long departed, String origin, String destination, int distanceMiles, int delayMinutes) {

        /** When its outcome becomes known, in ms since the epoch: the time in the air, 40 minutes, and the delay. */
        public long landed() {
            return departed + distanceMiles * MILLIS_PER_MILE + (TAXI_MINUTES + Math.max(0, delayMinutes)) * MINUTE;
        }
    }
}
