package io.gradstream.pipeline.jobs;

import io.gradstream.pipeline.config.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Departures and arrivals as Avro, in event-time order, on the topics of a {@link Shop}. */
final class Airport {
    static final long WAIT_MINUTES = 180;

    private static final String FLIGHT = """
            {"type": "record", "name": "Flight", "fields": [
              {"name": "flight", "type": ["null", "long"]},
              {"name": "left", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "origin", "type": "string"},
              {"name": "distance", "type": "double"}]}
            """;
    private static final String ARRIVAL = """
            {"type": "record", "name": "Arrival", "fields": [
              {"name": "flight", "type": ["null", "long"]},
              {"name": "landed", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "delay", "type": ["null", "double"]}]}
            """;

    final Shop shop;
    private final Path folder;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

    Airport(Shop shop, Path folder) {
        this.shop = shop;
        this.folder = folder;
    }

    /** To the end of what is there. */
    Pipeline pipeline() throws IOException {
        Files.writeString(folder.resolve("flight.avsc"), FLIGHT);
        Files.writeString(folder.resolve("arrival.avsc"), ARRIVAL);
        return shop.load("""
                order: event-time
                input:
                  {topic: %s, format: {avro: flight.avsc}, id: flight, time: left, start-offsets: earliest, bounded: true}
                label:
                  {topic: %s, format: {avro: arrival.avsc}, id: flight, time: landed, field: delay, threshold: 15, wait: %dm}
                features:
                  - log: distance
                  - {categorical: origin, buckets: 64}
                """.formatted(shop.views, shop.sales, WAIT_MINUTES));
    }

    /** A flight each minute; every second airport has long delays. */
    void departs(int flight) {
        departs((long) flight, minute(flight), "A" + flight % 10, 100 + 7 * flight % 900);
    }

    void departs(Long flight, long time, String origin, double distance) {
        event(encode(out -> {
            id(out, flight);
            out.writeLong(time);
            out.writeString(origin);
            out.writeDouble(distance);
        }));
    }

    /** Half an hour to an hour after it left. */
    void lands(int flight) {
        lands((long) flight, minute(flight + 30 + flight % 30), delay(flight));
    }

    void lands(Long flight, long time, Double delay) {
        label(encode(out -> {
            id(out, flight);
            out.writeLong(time);
            out.writeIndex(delay == null ? 0 : 1);
            if (delay != null) {
                out.writeDouble(delay);
            }
        }));
    }

    void event(byte[] value) {
        records.add(new ProducerRecord<>(shop.views, 0, null, value));
    }

    void label(byte[] value) {
        records.add(new ProducerRecord<>(shop.sales, 0, null, value));
    }

    /** Writes everything there is to Kafka. */
    void send() {
        shop.kafka.write(records);
    }

    static long minute(int minute) {
        return 1_700_000_000_000L + 60_000L * minute;
    }

    /** Minutes late. */
    static double delay(int flight) {
        return flight % 2 * 20 + new SplittableRandom(flight).nextInt(-10, 12);
    }

    private static void id(BinaryEncoder out, Long flight) throws IOException {
        out.writeIndex(flight == null ? 0 : 1);
        if (flight != null) {
            out.writeLong(flight);
        }
    }

    private static byte[] encode(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            fields.write(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private interface Fields {
        void write(BinaryEncoder out) throws IOException;
    }
}
