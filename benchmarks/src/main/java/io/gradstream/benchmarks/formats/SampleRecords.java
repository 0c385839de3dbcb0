package io.gradstream.benchmarks.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Seeded records as bytes. */
final class SampleRecords {

    static final List<String> NAMES_OF_40 =
            IntStream.range(0, 40).mapToObj(i -> "x" + i).toList();

    static final String FLIGHT = """
            {"type": "record", "name": "Flight", "fields": [
                {"name": "flight", "type": "long"},
                {"name": "dep_time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "origin", "type": "string"},
                {"name": "destination", "type": "string"},
                {"name": "distance_mi", "type": ["null", "float"]}]}""";

    private final Random random;

    SampleRecords(long seed) {
        random = new Random(seed);
    }

    static String schemaOf40(String type) {
        return NAMES_OF_40.stream()
                .map(name -> "{\"name\": \"" + name + "\", \"type\": " + type + "}")
                .collect(Collectors.joining(", ", "{\"type\": \"record\", \"name\": \"Numbers\", \"fields\": [", "]}"));
    }

    byte[][] of(DecoderBenchmark.Sample sample, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> switch (sample) {
                    case AVRO_40_FLOATS -> avro(out -> write40(out, false));
                    case AVRO_40_OPTIONAL_FLOATS -> avro(out -> write40(out, true));
                    case AVRO_FLIGHT -> avro(this::writeFlight);
                    case JSON_40_NUMBERS -> jsonOf40();
                    case JSON_FLIGHT ->
                        text("{\"flight\": %d, \"dep_time\": \"%s\", \"origin\": \"%s\", \"destination\": \"%s\","
                                + " \"distance_mi\": %.1f}");
                    case CSV_FLIGHT -> text("%d,%s,%s,%s,%.1f");
                })
                .toArray(byte[][]::new);
    }

    private interface AvroWriting {
        void to(BinaryEncoder out) throws IOException;
    }

    private static byte[] avro(AvroWriting writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Of those that may be missing, one in ten is. */
    private void write40(BinaryEncoder out, boolean optional) throws IOException {
        for (int i = 0; i < 40; i++) {
            boolean present = !optional || random.nextInt(10) > 0;
            if (optional) {
                out.writeIndex(present ? 1 : 0);
            }
            if (present) {
                out.writeFloat((float) random.nextGaussian());
            }
        }
    }

    private void writeFlight(BinaryEncoder out) throws IOException {
        out.writeLong(random.nextInt(1_000_000));
        out.writeLong(time().toEpochMilli());
        out.writeString(airport());
        out.writeString(airport());
        out.writeIndex(1);
        out.writeFloat(100 + random.nextInt(3000));
    }

    private byte[] jsonOf40() {
        return NAMES_OF_40.stream()
                .map(name -> "\"" + name + "\": " + (float) random.nextGaussian())
                .collect(Collectors.joining(", ", "{", "}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] text(String format) {
        return String.format(
                        format,
                        random.nextInt(1_000_000),
                        time(),
                        airport(),
                        airport(),
                        100 + random.nextInt(3000) / 1.0)
                .getBytes(StandardCharsets.UTF_8);
    }

    private Instant time() {
        return Instant.ofEpochSecond(978_307_200 + 60L * random.nextInt(260_000));
    }

    private String airport() {
        return List.of("ORD", "LAX", "ATL", "DFW", "JFK", "DEN").get(random.nextInt(6));
    }
}
