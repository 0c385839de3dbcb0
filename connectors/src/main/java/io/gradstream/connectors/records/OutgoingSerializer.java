package io.gradstream.connectors.records;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Format version 1: kind byte, length int (big-endian), then the record in Avro's binary encoding. */
final class OutgoingSerializer extends TypeSerializer<Outgoing> {
    private static final long serialVersionUID = 1;
    private static final byte PREDICTION = 1;
    private static final byte DEAD_LETTER = 2;
    private static final byte CHUNK = 3;
    private static final byte MANIFEST = 4;
    private static final byte EVALUATION = 5;

    private transient OutgoingEncoder encoder;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    /** The encoder's buffer is not shared between threads. */
    @Override
    public TypeSerializer<Outgoing> duplicate() {
        return new OutgoingSerializer();
    }

    @Override
    public Outgoing createInstance() {
        return new Prediction();
    }

    @Override
    public Outgoing copy(Outgoing from) {
        return from instanceof Prediction prediction ? prediction.copy() : from;
    }

    @Override
    public Outgoing copy(Outgoing from, Outgoing reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Outgoing record, DataOutputView out) throws IOException {
        if (encoder == null) {
            encoder = new OutgoingEncoder();
        }
        byte[] bytes = encoder.encode(record);
        out.writeByte(kind(record));
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public Outgoing deserialize(DataInputView in) throws IOException {
        byte kind = in.readByte();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        try {
            return switch (kind) {
                case PREDICTION -> AvroRecords.prediction(bytes);
                case DEAD_LETTER -> AvroRecords.deadLetter(bytes);
                case CHUNK -> AvroRecords.snapshotChunk(bytes);
                case MANIFEST -> AvroRecords.snapshotManifest(bytes);
                case EVALUATION -> AvroRecords.evaluation(bytes);
                default -> throw new IOException("kind " + kind + " of outgoing record is not known; known are 1 to 5");
            };
        } catch (UnreadableRecordException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Outgoing deserialize(Outgoing reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        out.writeByte(in.readByte());
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public TypeSerializerSnapshot<Outgoing> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutgoingSerializer;
    }

    @Override
    public int hashCode() {
        return OutgoingSerializer.class.hashCode();
    }

    private static byte kind(Outgoing record) {
        if (record instanceof Prediction) {
            return PREDICTION;
        }
        if (record instanceof DeadLetter) {
            return DEAD_LETTER;
        }
        if (record instanceof SnapshotChunk) {
            return CHUNK;
        }
        return record instanceof SnapshotManifest ? MANIFEST : EVALUATION;
    }

    /** Format version 1. */
    public static final class Snapshot extends VersionedSnapshot<Outgoing> {
        /** Made by Flink. */
        public Snapshot() {
            super(new OutgoingSerializer(), 1);
        }
    }
}
