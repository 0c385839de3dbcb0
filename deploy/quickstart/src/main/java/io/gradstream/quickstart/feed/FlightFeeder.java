package io.gradstream.quickstart.feed;

import io.gradstream.pipeline.replay.ReplaySequencer;
import io.gradstream.quickstart.feed.Flights.Flight;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends each departure when it leaves and each outcome when it lands, in event-time order, on a thread of its own. The order is
 * that of {@link ReplaySequencer}, so a replay of the file sees the same.
 */
public final class FlightFeeder implements AutoCloseable {
    private static final long LONGEST_PARK_NANOS = 20_000_000;

    private final Flights flights;
    private final String departures;
    private final String arrivals;
    private final Pacing pacing;
    private final KafkaProducer<byte[], byte[]> producer;
    private final FlightRecords records = new FlightRecords();
    private final Thread thread = new Thread(this::run, "flight-feeder");
    private volatile boolean closed;
    private volatile boolean done;
    private volatile long sent;
    private volatile long clock = Long.MIN_VALUE;
    private volatile RuntimeException failure;

    /**
     * A feeder that waits for {@link #start}.
     *
     * @param bootstrap the broker
     * @param departures topic of the events
     * @param arrivals topic of the outcomes
     * @param duration how long the whole file shall take; null for as fast as it goes
     */
    public FlightFeeder(Flights flights, String bootstrap, String departures, String arrivals, Duration duration) {
        this.flights = flights;
        this.departures = departures;
        this.arrivals = arrivals;
        this.pacing =
                duration == null ? Pacing.none() : Pacing.over(flights.firstMillis(), flights.lastMillis(), duration);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "10", "batch.size", "131072"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.thread.setDaemon(true);
    }

    /** Begins to send. */
    public void start() {
        thread.start();
    }

    /** Departures and outcomes sent so far. */
    public long sent() {
        return sent;
    }

    /** Event time of what was sent last; null before the first. */
    public Instant clock() {
        return clock == Long.MIN_VALUE ? null : Instant.ofEpochMilli(clock);
    }

    /**
     * Whether everything was sent and the broker has it.
     *
     * @throws IllegalStateException if the broker did not take it
     */
    public boolean isDone() {
        if (failure != null) {
            throw new IllegalStateException("the flights cannot be sent: " + failure.getMessage(), failure);
        }
        return done;
    }

    /** Stops sending; what the broker has stays. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ZERO);
    }

    private void run() {
        try {
            long start = System.nanoTime();
            ReplaySequencer<Flight> sequencer = ReplaySequencer.byTime();
            for (int i = 0; i < flights.size() && !closed; i++) {
                Flight flight = flights.get(i);
                sequencer.add(flight, flight.departed(), flight.landed());
                sendAll(sequencer, start);
            }
            sequencer.end();
            sendAll(sequencer, start);
            if (!closed) {
                producer.flush();
                done = true;
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void sendAll(ReplaySequencer<Flight> sequencer, long start) {
        ReplaySequencer.Step<Flight> step = sequencer.next();
        while (step != null && !closed) {
            waitUntil(start + pacing.dueNanos(step.time()));
            send(step);
            step = sequencer.next();
        }
    }

    private void waitUntil(long due) {
        long left = due - System.nanoTime();
        while (left > 0 && !closed) {
            LockSupport.parkNanos(this, Math.min(left, LONGEST_PARK_NANOS));
            left = due - System.nanoTime();
        }
    }

    private void send(ReplaySequencer.Step<Flight> step) {
        Flight flight = step.row();
        byte[] value = step.label()
                ? records.arrival(flight.number(), step.time(), flight.delayMinutes())
                : records.departure(
                        flight.number(), step.time(), flight.origin(), flight.destination(), flight.distanceMiles());
        String topic = step.label() ? arrivals : departures;
        producer.send(
                new ProducerRecord<>(topic, null, step.time(), FlightRecords.key(flight.number()), value),
                (metadata, problem) -> {
                    if (problem != null && !closed) {
                        failure = new IllegalStateException(topic + ": " + problem.getMessage(), problem);
                    }
                });
        sent = sent + 1;
        clock = step.time();
    }
}
