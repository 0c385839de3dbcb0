package io.gradstream.pipeline.examples;

import io.gradstream.connectors.records.DeadLetter;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes any {@link Incoming}: one byte that says which of the three it is, then its fields in the order they are declared in.
 * A record that is read back is always a new object, so whoever reads may keep it.
 */
public final class IncomingSerializer extends TypeSerializer<Incoming> {

    /** The one there is; it has no state. */
    public static final IncomingSerializer INSTANCE = new IncomingSerializer();

    private static final long serialVersionUID = 1;
    private static final int EXAMPLE = 1;
    private static final int LABEL = 2;
    private static final int BAD_RECORD = 3;

    @Override
    public void serialize(Incoming record, DataOutputView out) throws IOException {
        if (record instanceof Example example) {
            write(example, out);
        } else if (record instanceof Label label) {
            write(label, out);
        } else {
            write((BadRecord) record, out);
        }
    }

    @Override
    public Incoming deserialize(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case EXAMPLE -> readExample(in);
            case LABEL -> readLabel(in);
            case BAD_RECORD -> readBadRecord(in);
            default -> throw new IOException("a record of the unknown kind " + kind + "; known are 1 to 3");
        };
    }

    @Override
    public Incoming deserialize(Incoming reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public Incoming copy(Incoming from) {
        if (from instanceof Example example) {
            return example.copy();
        }
        return from instanceof Label label ? label.copy() : from;
    }

    @Override
    public Incoming copy(Incoming from, Incoming reuse) {
        return copy(from);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    private static void write(Example example, DataOutputView out) throws IOException {
        out.writeByte(EXAMPLE);
        StringSerializer.INSTANCE.serialize(example.id, out);
        out.writeLong(example.time);
        out.writeInt(example.topic);
        out.writeInt(example.partition);
        out.writeLong(example.offset);
        out.writeInt(example.numbers.length);
        for (float number : example.numbers) {
            out.writeInt(Float.floatToRawIntBits(number));
        }
        out.writeInt(example.ids.length);
        for (int id : example.ids) {
            out.writeInt(id);
        }
        out.writeFloat(example.label);
        out.writeFloat(example.weight);
    }

    private static Example readExample(DataInputView in) throws IOException {
        Example example = new Example();
        example.id = StringSerializer.INSTANCE.deserialize(in);
        example.time = in.readLong();
        example.topic = in.readInt();
        example.partition = in.readInt();
        example.offset = in.readLong();
        example.numbers = new float[in.readInt()];
        for (int i = 0; i < example.numbers.length; i++) {
            example.numbers[i] = Float.intBitsToFloat(in.readInt());
        }
        example.ids = new int[in.readInt()];
        for (int i = 0; i < example.ids.length; i++) {
            example.ids[i] = in.readInt();
        }
        example.label = in.readFloat();
        example.weight = in.readFloat();
        return example;
    }

    private static void write(Label label, DataOutputView out) throws IOException {
        out.writeByte(LABEL);
        StringSerializer.INSTANCE.serialize(label.id, out);
        out.writeLong(label.time);
        out.writeInt(label.topic);
        out.writeInt(label.partition);
        out.writeLong(label.offset);
        out.writeFloat(label.value);
    }

    private static Label readLabel(DataInputView in) throws IOException {
        Label label = new Label();
        label.id = StringSerializer.INSTANCE.deserialize(in);
        label.time = in.readLong();
        label.topic = in.readInt();
        label.partition = in.readInt();
        label.offset = in.readLong();
        label.value = in.readFloat();
        return label;
    }

    private static void write(BadRecord record, DataOutputView out) throws IOException {
        DeadLetter content = record.content();
        out.writeByte(BAD_RECORD);
        StringSerializer.INSTANCE.serialize(record.id(), out);
        out.writeBoolean(record.label());
        out.writeInt(record.topic());
        StringSerializer.INSTANCE.serialize(content.reason(), out);
        StringSerializer.INSTANCE.serialize(content.message(), out);
        StringSerializer.INSTANCE.serialize(content.topic(), out);
        out.writeInt(content.partition());
        out.writeLong(content.offset());
        out.writeLong(content.timestamp());
        writeBytes(content.key(), out);
        writeBytes(content.value(), out);
    }

    private static BadRecord readBadRecord(DataInputView in) throws IOException {
        String id = StringSerializer.INSTANCE.deserialize(in);
        boolean label = in.readBoolean();
        int topic = in.readInt();
        DeadLetter content = new DeadLetter(
                StringSerializer.INSTANCE.deserialize(in),
                StringSerializer.INSTANCE.deserialize(in),
                StringSerializer.INSTANCE.deserialize(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                readBytes(in),
                readBytes(in));
        return new BadRecord(id, label, topic, content);
    }

    private static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte[] readBytes(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Incoming createInstance() {
        return new Example();
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializer<Incoming> duplicate() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IncomingSerializer;
    }

    @Override
    public int hashCode() {
        return IncomingSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Incoming> snapshotConfiguration() {
        return new IncomingSerializerSnapshot();
    }
}
