package io.gradstream.connectors.records;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Format version 1, big-endian: topic int, partition int, offset long, timestamp long, then key and value, each as
 * length int (-1 for null) and bytes.
 */
final class RawRecordSerializer extends TypeSerializerSingleton<RawRecord> {
    private static final long serialVersionUID = 1;
    static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

    private RawRecordSerializer() {}

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public RawRecord createInstance() {
        return new RawRecord();
    }

    @Override
    public RawRecord copy(RawRecord from) {
        return copy(from, new RawRecord());
    }

    @Override
    public RawRecord copy(RawRecord from, RawRecord reuse) {
        return reuse.set(from.topic(), from.partition(), from.offset(), from.timestamp(), from.key(), from.value());
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(RawRecord record, DataOutputView out) throws IOException {
        out.writeInt(record.topic());
        out.writeInt(record.partition());
        out.writeLong(record.offset());
        out.writeLong(record.timestamp());
        write(record.key(), out);
        write(record.value(), out);
    }

    @Override
    public RawRecord deserialize(DataInputView in) throws IOException {
        return deserialize(new RawRecord(), in);
    }

    @Override
    public RawRecord deserialize(RawRecord reuse, DataInputView in) throws IOException {
        return reuse.set(in.readInt(), in.readInt(), in.readLong(), in.readLong(), read(in), read(in));
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    private static void write(byte[] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static byte[] read(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length == -1) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** Format version 1. */
    public static final class Snapshot extends VersionedSnapshot<RawRecord> {
        /** Made by Flink. */
        public Snapshot() {
            super(INSTANCE, 1);
        }
    }
}
