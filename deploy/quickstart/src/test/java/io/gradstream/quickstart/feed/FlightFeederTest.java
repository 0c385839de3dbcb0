package io.gradstream.quickstart.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.broker.EmbeddedBroker;
import io.gradstream.testing.GradstreamExtension;
import io.gradstream.testing.TestTopics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlightFeederTest {
    @RegisterExtension
    static final GradstreamExtension KAFKA = new GradstreamExtension().withoutFlink();

    private static final Path DATA = Path.of("data/flights-2001h1-6hubs.csv.gz");

    @Test
    void sendsEachDepartureWhenItLeavesAndItsOutcomeWhenItLands(EmbeddedBroker broker, TestTopics topics)
            throws Exception {
        Flights flights = Flights.read(DATA, 3_000);
        String departures = topics.create("flights");
        String arrivals = topics.create("arrivals");
        try (FlightFeeder feeder = new FlightFeeder(flights, broker.bootstrap(), departures, arrivals, null)) {
            feeder.start();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(feeder::isDone);
            assertThat(feeder.sent()).isEqualTo(6_000);
            assertThat(feeder.clock().toEpochMilli()).isEqualTo(flights.lastMillis());
        }

        List<ConsumerRecord<byte[], byte[]>> left = topics.read(departures);
        List<ConsumerRecord<byte[], byte[]>> landed = topics.read(arrivals);
        assertThat(left).hasSize(3_000);
        assertThat(landed).hasSize(3_000);
        for (int i = 0; i < left.size(); i++) {
            assertThat(id(left.get(i))).isEqualTo(i);
            assertThat(left.get(i).timestamp()).isEqualTo(flights.get(i).departed());
        }
        Map<Long, Long> times = new HashMap<>();
        long last = Long.MIN_VALUE;
        for (ConsumerRecord<byte[], byte[]> record : landed) {
            assertThat(record.timestamp()).isGreaterThanOrEqualTo(last);
            last = record.timestamp();
            times.put(id(record), record.timestamp());
        }
        for (int i = 0; i < flights.size(); i++) {
            assertThat(times).containsEntry((long) i, flights.get(i).landed());
        }
    }

    @Test
    void keepsThePace(EmbeddedBroker broker, TestTopics topics) throws Exception {
        Flights flights = Flights.read(DATA, 200);
        long start = System.nanoTime();
        try (FlightFeeder feeder = new FlightFeeder(
                flights,
                broker.bootstrap(),
                topics.create("flights"),
                topics.create("arrivals"),
                Duration.ofSeconds(2))) {
            feeder.start();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(feeder::isDone);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void stopsAtOnceWhenClosed(EmbeddedBroker broker, TestTopics topics) throws Exception {
        Flights flights = Flights.read(DATA, 1_000);
        FlightFeeder feeder = new FlightFeeder(
                flights, broker.bootstrap(), topics.create("flights"), topics.create("arrivals"), Duration.ofHours(10));
        feeder.start();
        Awaitility.await().until(() -> feeder.sent() > 0);
        long start = System.nanoTime();
        feeder.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(feeder.isDone()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().equals("flight-feeder"));
    }

    private static long id(ConsumerRecord<byte[], byte[]> record) {
        return ByteBuffer.wrap(record.key()).getLong();
    }
}
