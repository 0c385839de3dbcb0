package io.gradstream.connectors.formats;

import static io.gradstream.connectors.formats.Decoded.flag;
import static io.gradstream.connectors.formats.Decoded.number;
import static io.gradstream.connectors.formats.Decoded.text;
import static io.gradstream.connectors.formats.Decoded.time;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gradstream.connectors.formats.AvroFormat.Framing;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records with seeded damage: a decoder reads them or says that it cannot, soon and without much memory. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DecoderFuzzTest {

    private static final int INPUTS = 80_000;
    private static final int SCHEMAS = 5_000;
    private static final long MOST_BYTES_FOR_ONE_INPUT = 4_000_000;
    private static final long MOST_BYTES_FOR_ALL_INPUTS = 16_000L * INPUTS;
    private static final int[] TELLING = {0, 1, 2, 0x7F, 0x80, 0xFF, '"', '{', '}', '[', ',', '\\', '\n', '-', 'e', '.'
    };

    private final Random random = new Random(20010630);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private int read;
    private int refused;
    private long allocated;

    /** A decoder and records that it can read. */
    private record Target(RecordDecoder decoder, FieldValues values, List<byte[]> records) {}

    private static Target target(FormatSettings format, List<Field> used, List<byte[]> records) throws FormatException {
        return new Target(Formats.decoder(format, used), new FieldValues(used.size()), records);
    }

    private static List<byte[]> texts(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void avro() throws FormatException {
        List<Target> targets = new ArrayList<>();
        RandomAvro avro = new RandomAvro(7);
        while (targets.size() < 60) {
            Schema schema = avro.record(3);
            List<Field> used = new ArrayList<>();
            for (Schema.Field field : schema.getFields()) {
                for (FieldType type : FieldType.values()) {
                    addIfReadable(schema, new Field(field.name(), type), used);
                }
            }
            List<byte[]> records = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                records.add(avro.write(schema, avro.datum(schema, 5)));
            }
            targets.add(target(new AvroFormat(schema.toString(), Framing.NONE), used, records));
        }
        fuzz(targets);
    }

    private static void addIfReadable(Schema schema, Field field, List<Field> used) {
        try {
            Formats.decoder(new AvroFormat(schema.toString(), Framing.NONE), List.of(field));
            used.add(field);
        } catch (FormatException notThisType) {
            assertThat(notThisType.problems()).hasSize(1);
        }
    }

    @Test
    void framedAvro() throws FormatException {
        String schema = "{\"type\": \"record\", \"name\": \"F\", \"fields\": ["
                + "{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"x\", \"type\": [\"null\", \"float\"]},"
                + "{\"name\": \"tags\", \"type\": {\"type\": \"array\", \"items\": \"string\"}}]}";
        byte[] record = new AvroBytesOut()
                .raw(0, 0, 0, 0, 1)
                .text("ORD-7")
                .number(1)
                .float32(2)
                .number(2)
                .text("a")
                .text("b")
                .number(0)
                .bytes();
        List<Field> used = List.of(text("id"), number("x"));
        fuzz(List.of(target(new AvroFormat(schema, Framing.CONFLUENT, 1), used, List.of(record))));
    }

    @Test
    void json() throws FormatException {
        List<byte[]> records = texts(
                "{\"n\": -12.5e3, \"t\": \"Zo\\u00eb \uD83D\uDE00\", \"f\": true, \"at\": \"2001-06-30T23:59:59.5Z\"}",
                "{\"o\": {\"n\": \"1e-7\", \"t\": null, \"f\": 0, \"at\": 993945540000}, \"skipped\": [1, {\"a\": [[]]}, \"x\"]}",
                " {\"n\": 123456789012345678901234567890, \"t\": 1.50, \"f\": \"false\", \"at\": \"2001-06-30\", \"\": {}} ");
        fuzz(List.of(target(
                new JsonFormat(),
                List.of(
                        number("n"),
                        text("t"),
                        flag("f"),
                        time("at"),
                        number("o.n"),
                        text("o.t"),
                        flag("o.f"),
                        time("o.at")),
                records)));
    }

    @Test
    void csv() throws FormatException {
        List<byte[]> records = texts(
                "-12.5e3,Zoë,true,2001-06-30T23:59:59.5Z\r\n",
                "\"1\",\"say \"\"hi\"\", twice\",0,993945540000",
                ",,,\n",
                "12345678901234567890.5e-300,\"a\r\nb\",FALSE,2001-06-30 12:00+02:00");
        fuzz(List.of(target(
                new CsvFormat(List.of("n", "t", "f", "at")),
                List.of(number("n"), text("t"), flag("f"), time("at")),
                records)));
    }

    @Test
    void schemas() {
        RandomAvro avro = new RandomAvro(9);
        List<byte[]> schemas = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            schemas.add(avro.record(2).toString().getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < SCHEMAS; i++) {
            byte[] schema = damaged(schemas.get(random.nextInt(schemas.size())));
            compile(new String(schema, StandardCharsets.UTF_8));
        }
        assertThat(read).isGreaterThan(SCHEMAS / 100);
        assertThat(refused).isGreaterThan(SCHEMAS / 2);
    }

    private void compile(String schema) {
        try {
            Formats.decoder(new AvroFormat(schema, Framing.NONE), List.of());
            read++;
        } catch (FormatException e) {
            refused++;
            assertThat(e.problems()).hasSize(1).noneMatch(problem -> problem.contains("\n"));
        } catch (RuntimeException | Error e) {
            throw new AssertionError(schema, e);
        }
    }

    private void fuzz(List<Target> targets) {
        for (int i = 0; i < INPUTS; i++) {
            Target target = targets.get(random.nextInt(targets.size()));
            byte[] input = damaged(target.records.get(random.nextInt(target.records.size())));
            decode(target, input);
        }
        assertThat(allocated).isLessThan(MOST_BYTES_FOR_ALL_INPUTS);
        assertThat(read).isGreaterThan(INPUTS / 50);
        assertThat(refused).isGreaterThan(INPUTS / 10);
    }

    private void decode(Target target, byte[] input) {
        long before = threads.getCurrentThreadAllocatedBytes();
        String problem = null;
        try {
            target.decoder.decode(input, 0, input.length, target.values);
            read++;
        } catch (UndecodableException e) {
            refused++;
            problem = e.getMessage();
        } catch (RuntimeException | Error e) {
            throw new AssertionError("input " + HexFormat.of().formatHex(input), e);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        allocated += bytes;
        if (bytes > MOST_BYTES_FOR_ONE_INPUT) {
            throw new AssertionError(bytes + " bytes for " + HexFormat.of().formatHex(input));
        }
        if (problem != null && (problem.isBlank() || problem.contains("\n") || problem.length() > 400)) {
            throw new AssertionError("message: " + problem);
        }
    }

    private byte[] damaged(byte[] record) {
        byte[] bytes = record.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            bytes = damagedOnce(bytes);
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        if (bytes.length == 0 || random.nextInt(6) == 0) {
            return inserted(bytes, at, random.nextInt(200) == 0 ? 2_000 : 1 + random.nextInt(12));
        }
        int from = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[from] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[from] = (byte) TELLING[random.nextInt(TELLING.length)];
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> System.arraycopy(bytes, from, bytes, 0, bytes.length - from);
            default -> Arrays.fill(bytes, Math.min(from, at), Math.max(from, at), (byte) random.nextInt());
        }
        return bytes;
    }

    private byte[] inserted(byte[] bytes, int at, int count) {
        byte[] longer = new byte[bytes.length + count];
        byte[] more = new byte[count];
        if (random.nextBoolean()) {
            Arrays.fill(more, (byte) TELLING[random.nextInt(TELLING.length)]);
        } else {
            random.nextBytes(more);
        }
        System.arraycopy(bytes, 0, longer, 0, at);
        System.arraycopy(more, 0, longer, at, count);
        System.arraycopy(bytes, at, longer, at + count, bytes.length - at);
        return longer;
    }
}
