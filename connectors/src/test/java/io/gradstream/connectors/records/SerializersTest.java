package io.gradstream.connectors.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializersTest {
    private static final TypeSerializer<RawRecord> RAW =
            TypeInformation.of(RawRecord.class).createSerializer(new SerializerConfigImpl());
    private static final TypeSerializer<Outgoing> OUTGOING =
            TypeInformation.of(Outgoing.class).createSerializer(new SerializerConfigImpl());

    /** Version 1 of the format, byte for byte: state and network buffers of that version must be readable for ever. */
    private static final String RAW_VERSION_1 =
            "00000001" + "00000002" + "0000000000000003" + "0000000000000004" + "ffffffff" + "00000002" + "0506";

    private static final String OUTGOING_VERSION_1 =
            "01" + "00000015" + "026902" + "020000003f00" + "026d026c02" + "0208" + "0274" + "0406" + "00";

    static List<Outgoing> records() {
        return AvroRecordsTest.records().toList();
    }

    @Test
    void flinkFindsTheTypesItself() {
        assertThat(TypeInformation.of(RawRecord.class)).isSameAs(RawRecordTypeInfo.INSTANCE);
        assertThat(TypeInformation.of(Outgoing.class)).isSameAs(OutgoingTypeInfo.INSTANCE);
    }

    @Test
    void rawRecordsGoThroughAndCopiesAreIndependent() throws IOException {
        for (byte[] value : new byte[][] {null, {}, {5, 6}}) {
            RawRecord record = new RawRecord().set(1, 2, 3, 4, value, value);
            assertThat(roundTrip(RAW, record)).usingRecursiveComparison().isEqualTo(record);
            RawRecord copy = RAW.copy(record);
            record.set(9, 9, 9, 9, null, null);
            assertThat(copy.offset()).isEqualTo(3);
            assertThat(copy.value()).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void outgoingRecordsGoThrough(Outgoing record) throws IOException {
        AvroRecordsTest.assertSame(roundTrip(OUTGOING, record), record);
        AvroRecordsTest.assertSame(OUTGOING.copy(record), record);
    }

    @Test
    void aCopyOfAPredictionIsIndependent() {
        Prediction prediction = AvroRecordsTest.prediction();
        Prediction copy = (Prediction) OUTGOING.copy(prediction);
        prediction.example("other", 0, "", 0, 0).scores(new float[] {1}, 0, 1);
        assertThat(copy.id()).isEqualTo("flight-1");
        assertThat(copy.score(0)).isEqualTo(0.25f);
    }

    @Test
    void formatVersion1IsReadAndWritten() throws IOException {
        RawRecord raw = new RawRecord().set(1, 2, 3, 4, null, new byte[] {5, 6});
        assertThat(HexFormat.of().formatHex(write(RAW, raw))).isEqualTo(RAW_VERSION_1);
        assertThat(RAW.deserialize(in(HexFormat.of().parseHex(RAW_VERSION_1))))
                .usingRecursiveComparison()
                .isEqualTo(raw);
        Prediction prediction = new Prediction()
                .example("i", 1, "t", 2, 3)
                .model("m", "l", 1, 4)
                .scores(new float[] {0.5f}, 0, 1);
        assertThat(HexFormat.of().formatHex(write(OUTGOING, prediction))).isEqualTo(OUTGOING_VERSION_1);
        assertThat(OUTGOING.deserialize(in(HexFormat.of().parseHex(OUTGOING_VERSION_1))))
                .usingRecursiveComparison()
                .isEqualTo(prediction);
    }

    @Test
    void anUnknownKindIsRefusedByName() {
        byte[] bytes = HexFormat.of().parseHex("09" + "00000000");
        assertThatThrownBy(() -> OUTGOING.deserialize(in(bytes))).hasMessageContaining("kind 9");
    }

    @Test
    void snapshotsOfTheSerializersAreRestored() throws IOException {
        restoresFromItsSnapshot(RAW);
        restoresFromItsSnapshot(OUTGOING);
    }

    @Test
    void aNewerFormatIsRefusedByName() {
        assertThatThrownBy(() -> new RawRecordSerializer.Snapshot()
                        .readSnapshot(2, in(new byte[0]), getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("RawRecordSerializer knows format versions 1 to 1, the state has 2");
    }

    private <T> void restoresFromItsSnapshot(TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<T> read = TypeSerializerSnapshot.readVersionedSnapshot(
                in(out.getCopyOfBuffer()), getClass().getClassLoader());
        assertThat(read.restoreSerializer()).isEqualTo(serializer);
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(read)
                        .isCompatibleAsIs())
                .isTrue();
        assertThat(serializer.duplicate()).isEqualTo(serializer);
    }

    private static <T> T roundTrip(TypeSerializer<T> serializer, T record) throws IOException {
        byte[] bytes = write(serializer, record);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(in(bytes), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
        DataInputDeserializer in = in(bytes);
        T read = serializer.deserialize(serializer.createInstance(), in);
        assertThat(in.available()).isZero();
        return read;
    }

    private static <T> byte[] write(TypeSerializer<T> serializer, T record) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(record, out);
        return out.getCopyOfBuffer();
    }

    private static DataInputDeserializer in(byte[] bytes) {
        return new DataInputDeserializer(bytes);
    }
}
