package io.gradstream.connectors.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroRecordsTest {
    private final OutgoingEncoder encoder = new OutgoingEncoder();

    static Stream<Outgoing> records() {
        return Stream.of(
                prediction(),
                new Prediction(),
                prediction().model("m", "l", Long.MAX_VALUE, -1).scores(new float[] {.2f, .3f, .5f}, 0, 3),
                prediction()
                        .example("Zürich → 東京 😀", Long.MIN_VALUE, "t", Integer.MAX_VALUE, -1)
                        .duplicate(true),
                new DeadLetter("not-finite", "distance is NaN", "flights", 3, 81522, 1_700_000_000_000L, null, null),
                new DeadLetter("undecodable", "", "", 0, 0, -1, new byte[0], new byte[] {0, -1, 127}),
                new SnapshotChunk("delays", "7f3a", 42, 1, 3, "00ff", new byte[100_000]),
                new SnapshotManifest("delays", "7f3a", 42, "aa", 3, 1L << 40, "bb", 5, Map.of()),
                new SnapshotManifest("delays", "7f3a", 42, "aa", 3, 7, "bb", 5, Map.of("schema", "{}", "é", "ü")),
                evaluation(Evaluation.Scope.ALL, Map.of()),
                evaluation(Evaluation.Scope.WINDOW, metrics()));
    }

    @ParameterizedTest
    @MethodSource("records")
    void avroReadsWhatIsWritten(Outgoing record) throws IOException {
        byte[] bytes = encoder.encode(record);
        Schema schema = schema(record);
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        assertThat(encoder.encode(record)).as("the encoder can be used again").isEqualTo(bytes);

        var out = new java.io.ByteArrayOutputStream();
        var avro = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(read, avro);
        avro.flush();
        assertThat(out.toByteArray()).as("but for the order within a map").hasSameSizeAs(bytes);
        assertThat(new GenericDatumReader<GenericRecord>(schema)
                        .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null)))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatIsWrittenIsReadBack(Outgoing record) throws UnreadableRecordException {
        assertSame(read(record.getClass(), encoder.encode(record)), record);
    }

    @Test
    void everyFieldOfAPredictionHasItsName() throws IOException {
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema(prediction()))
                .read(null, DecoderFactory.get().binaryDecoder(encoder.encode(prediction()), null));
        assertThat(read.get("id")).isEqualTo(new Utf8("flight-1"));
        assertThat(read.get("event_time")).isEqualTo(1_700_000_000_123L);
        assertThat(read.get("scores")).isEqualTo(List.of(0.25f));
        assertThat(read.get("model")).isEqualTo(new Utf8("delays"));
        assertThat(read.get("lineage")).isEqualTo(new Utf8("7f3a"));
        assertThat(read.get("version")).isEqualTo(9L);
        assertThat(read.get("model_age_ms")).isEqualTo(1500L);
        assertThat(read.get("topic")).isEqualTo(new Utf8("flights"));
        assertThat(read.get("partition")).isEqualTo(3);
        assertThat(read.get("offset")).isEqualTo(77L);
        assertThat(read.get("duplicate")).isEqualTo(false);
    }

    @Test
    void fieldsOfTheOthersHaveTheirNames() throws IOException {
        GenericRecord evaluation = new GenericDatumReader<GenericRecord>(
                        schema(evaluation(Evaluation.Scope.WINDOW, metrics())))
                .read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(encoder.encode(evaluation(Evaluation.Scope.WINDOW, metrics())), null));
        assertThat(evaluation.get("scope")).isEqualTo(new Utf8("window"));
        assertThat(((Map<?, ?>) evaluation.get("metrics")).get(new Utf8("auc"))).isEqualTo(0.731);
        DeadLetter letter = new DeadLetter("r", "m", "t", 1, 2, 3, new byte[] {4}, null);
        GenericRecord dead = new GenericDatumReader<GenericRecord>(schema(letter))
                .read(null, DecoderFactory.get().binaryDecoder(encoder.encode(letter), null));
        assertThat(dead.get("key")).isEqualTo(ByteBuffer.wrap(new byte[] {4}));
        assertThat(dead.get("value")).isNull();
        assertThat(dead.get("timestamp")).isEqualTo(3L);
    }

    /** Arrays and maps may come in several blocks, also with a block's size in bytes before it. */
    @Test
    void blocksOfOtherWritersAreRead() throws UnreadableRecordException {
        AvroWriter out = new AvroWriter();
        out.writeString("id").writeLong(1);
        out.writeLong(1)
                .writeFloat(0.5f)
                .writeLong(-2)
                .writeLong(8)
                .writeFloat(1)
                .writeFloat(2)
                .writeLong(0);
        out.writeString("m").writeString("l").writeLong(1).writeLong(0);
        out.writeString("t").writeLong(0).writeLong(0).writeBoolean(false);
        assertThat(AvroRecords.prediction(out.toBytes()).scores()).containsExactly(0.5f, 1, 2);
    }

    @ParameterizedTest
    @MethodSource("records")
    void truncatedAndMutatedBytesAreRefusedOrRead(Outgoing record) {
        byte[] bytes = encoder.encode(record);
        int step = Math.max(1, bytes.length / 200);
        for (int length = 0; length < bytes.length; length += step) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(record.getClass(), cut))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageStartingWith("not a " + record.getClass().getSimpleName() + ": ");
        }
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2000; i++) {
            byte[] mutated = bytes.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                mutated[random.nextInt(Math.min(mutated.length, 200))] = (byte) random.nextInt();
            }
            try {
                read(record.getClass(), mutated);
            } catch (UnreadableRecordException e) {
                assertThat(e).hasMessageContaining("(before byte ");
            }
        }
    }

    @Test
    void whatFollowsARecordIsRefused() {
        byte[] bytes = encoder.encode(prediction());
        assertThatThrownBy(() -> AvroRecords.prediction(Arrays.copyOf(bytes, bytes.length + 2)))
                .hasMessageContaining("2 bytes follow the record");
    }

    @Test
    void anUnknownSnapshotFormatIsRefusedByName() {
        byte[] bytes = encoder.encode(new SnapshotChunk("m", "l", 1, 0, 1, "x", new byte[1]));
        bytes[0] = 4;
        assertThatThrownBy(() -> AvroRecords.snapshotChunk(bytes))
                .hasMessageContaining("snapshot format 2 is not known");
    }

    @Test
    void anUnknownScopeIsRefusedByName() {
        byte[] bytes = encoder.encode(new Evaluation("m", "l", 1, Evaluation.Scope.ALL, 1, 1, Map.of()));
        bytes[6] = 'x';
        assertThatThrownBy(() -> AvroRecords.evaluation(bytes)).hasMessageContaining("scope 'xll'");
    }

    @Test
    void onlyKindsOfRecordsHaveASchema() {
        assertThatThrownBy(() -> AvroRecords.schema(Outgoing.class)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Schema schema(Outgoing record) {
        return new Schema.Parser().parse(AvroRecords.schema(record.getClass()));
    }

    private static Outgoing read(Class<? extends Outgoing> kind, byte[] bytes) throws UnreadableRecordException {
        if (kind == Prediction.class) {
            return AvroRecords.prediction(bytes);
        }
        if (kind == DeadLetter.class) {
            return AvroRecords.deadLetter(bytes);
        }
        if (kind == SnapshotChunk.class) {
            return AvroRecords.snapshotChunk(bytes);
        }
        return kind == SnapshotManifest.class ? AvroRecords.snapshotManifest(bytes) : AvroRecords.evaluation(bytes);
    }

    static void assertSame(Outgoing actual, Outgoing expected) {
        if (expected instanceof Prediction) {
            assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
        } else {
            assertThat(actual).isEqualTo(expected).hasSameHashCodeAs(expected);
        }
    }

    static Prediction prediction() {
        return new Prediction()
                .example("flight-1", 1_700_000_000_123L, "flights", 3, 77)
                .model("delays", "7f3a", 9, 1500)
                .scores(new float[] {9, 0.25f, 9}, 1, 1);
    }

    private static Evaluation evaluation(Evaluation.Scope scope, Map<String, Double> metrics) {
        return new Evaluation("delays", "7f3a", 9, scope, 1000, 5, metrics);
    }

    private static Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : new ArrayList<>(List.of("accuracy", "auc", "kappa"))) {
            metrics.put(name, name.equals("kappa") ? Double.NaN : 0.731);
        }
        return metrics;
    }
}
