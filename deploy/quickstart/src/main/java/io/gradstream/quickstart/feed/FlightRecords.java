package io.gradstream.quickstart.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes the values of the two topics, field by field in the order of flight.avsc and arrival.avsc. One thread. */
final class FlightRecords {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    /** The key of both topics: the flight's id as 8 bytes, big-endian. */
    static byte[] key(long flight) {
        return ByteBuffer.allocate(Long.BYTES).putLong(flight).array();
    }

    /** A Flight. */
    byte[] departure(long flight, long departedMillis, String origin, String destination, int distanceMiles) {
        return write(() -> {
            encoder.writeLong(flight);
            encoder.writeLong(departedMillis);
            encoder.writeString(origin);
            encoder.writeString(destination);
            encoder.writeInt(distanceMiles);
        });
    }

    /** An Arrival. */
    byte[] arrival(long flight, long landedMillis, int delayMinutes) {
        return write(() -> {
            encoder.writeLong(flight);
            encoder.writeLong(landedMillis);
            encoder.writeInt(delayMinutes);
        });
    }

    private byte[] write(Fields fields) {
        bytes.reset();
        try {
            fields.write();
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private interface Fields {
        void write() throws IOException;
    }
}
