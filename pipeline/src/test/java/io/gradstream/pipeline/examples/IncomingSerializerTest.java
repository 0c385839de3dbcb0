package io.gradstream.pipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradstream.connectors.records.DeadLetter;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class IncomingSerializerTest {

    /** Written by format version 1, which must be read for ever. Flink writes a string as its length + 1 and its characters. */
    private static final String EXAMPLE_V1 =
            "0104e8016131000000000000000b000000020000000300000000000000040000000240e00000" + "7fc000000000000100000011"
                    + "3f800000" + "3f000000";

    private static final String LABEL_V1 = "0204e8016131000000000000000c00000001000000020000000000000003" + "40000000";

    @Test
    void examplesComeBack() throws IOException {
        Example example = example();
        Example read = (Example) roundTrip(example);
        assertThat(read).isNotSameAs(example).hasToString(example.toString());
        assertThat(read.numbers).isEqualTo(example.numbers);
        assertThat(read.ids).isEqualTo(example.ids);
        assertThat(read.label).isEqualTo(example.label);
        assertThat(read.weight).isEqualTo(example.weight);
        assertThat(((Example) roundTrip(new Example())).labelled()).isFalse();
    }

    @Test
    void labelsComeBack() throws IOException {
        Label label = label();
        assertThat(roundTrip(label))
                .isNotSameAs(label)
                .usingRecursiveComparison()
                .isEqualTo(label);
    }

    @Test
    void badRecordsComeBack() throws IOException {
        DeadLetter full = new DeadLetter("undecodable", "no", "flights", 1, 2, 3, new byte[] {4}, new byte[] {5, 6});
        DeadLetter empty = new DeadLetter("tombstone", "no", "flights", 1, 2, -1, null, null);
        assertThat(roundTrip(new BadRecord("flights-1-2", true, 7, full)))
                .isEqualTo(new BadRecord("flights-1-2", true, 7, full));
        assertThat(roundTrip(new BadRecord("flights-1-2", false, 0, empty)))
                .isEqualTo(new BadRecord("flights-1-2", false, 0, empty));
    }

    @Test
    void bytesOfVersion1AreRead() throws IOException {
        assertThat(HexFormat.of().formatHex(bytes(example()))).isEqualTo(EXAMPLE_V1);
        assertThat(HexFormat.of().formatHex(bytes(label()))).isEqualTo(LABEL_V1);
    }

    @Test
    void copiesAreTheirOwn() {
        Example example = example();
        Example copy = (Example) IncomingSerializer.INSTANCE.copy(example);
        example.numbers[0] = -1;
        example.ids[0] = -1;
        assertThat(copy.numbers[0]).isEqualTo(7);
        assertThat(copy.ids[0]).isEqualTo(17);
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> IncomingSerializer.INSTANCE.deserialize(new DataInputDeserializer(new byte[] {9})))
                .hasMessageContaining("kind 9");
    }

    @Test
    void theSnapshotOfTheSerializerComesBack() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, IncomingSerializer.INSTANCE.snapshotConfiguration());
        TypeSerializerSnapshot<Incoming> read = TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
        assertThat(read.restoreSerializer()).isEqualTo(IncomingSerializer.INSTANCE);
        assertThat(IncomingSerializer.INSTANCE
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(read)
                        .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void aNewerVersionIsRefusedByName() {
        assertThatThrownBy(() -> new IncomingSerializerSnapshot()
                        .readSnapshot(2, new DataInputDeserializer(), getClass().getClassLoader()))
                .hasMessageContaining("version 2")
                .hasMessageContaining("reads version 1");
    }

    private static Example example() {
        Example example = new Example();
        example.id = "èa1";
        example.time = 11;
        example.topic = 2;
        example.partition = 3;
        example.offset = 4;
        example.numbers = new float[] {7, Float.NaN};
        example.ids = new int[] {17};
        example.label = 1;
        example.weight = 0.5f;
        return example;
    }

    private static Label label() {
        Label label = new Label();
        label.id = "èa1";
        label.time = 12;
        label.topic = 1;
        label.partition = 2;
        label.offset = 3;
        label.value = 2;
        return label;
    }

    private static byte[] bytes(Incoming record) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        IncomingSerializer.INSTANCE.serialize(record, out);
        return out.getCopyOfBuffer();
    }

    private static Incoming roundTrip(Incoming record) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes(record));
        Incoming read = IncomingSerializer.INSTANCE.deserialize(in);
        assertThat(in.available()).isZero();
        return read;
    }
}
