package io.gradstream.connectors.records;

/** Writes outgoing records in Avro's binary encoding. Holds a buffer: one instance for each thread. */
public final class OutgoingEncoder {
    static final int SNAPSHOT_FORMAT = 1;

    private final AvroWriter out = new AvroWriter();
    private final EncodedString model = new EncodedString();
    private final EncodedString lineage = new EncodedString();
    private final EncodedString topic = new EncodedString();

    /** An encoder with a buffer of its own. */
    public OutgoingEncoder() {}

    /** The record's bytes, without any framing, as its schema says. */
    public byte[] encode(Outgoing record) {
        out.clear();
        if (record instanceof Prediction prediction) {
            write(prediction);
        } else if (record instanceof DeadLetter letter) {
            write(letter);
        } else if (record instanceof SnapshotChunk chunk) {
            write(chunk);
        } else if (record instanceof SnapshotManifest manifest) {
            write(manifest);
        } else if (record instanceof Evaluation evaluation) {
            write(evaluation);
        }
        return out.toBytes();
    }

    private void write(Prediction prediction) {
        out.writeString(prediction.id())
                .writeLong(prediction.eventTime())
                .writeFloats(prediction)
                .writeEncoded(model.of(prediction.model()))
                .writeEncoded(lineage.of(prediction.lineage()))
                .writeLong(prediction.version());
        if (prediction.modelAge() < 0) {
            out.writeLong(0);
        } else {
            out.writeLong(1).writeLong(prediction.modelAge());
        }
        out.writeEncoded(topic.of(prediction.topic()))
                .writeLong(prediction.partition())
                .writeLong(prediction.offset())
                .writeBoolean(prediction.duplicate());
    }

    private void write(DeadLetter letter) {
        out.writeString(letter.reason())
                .writeString(letter.message())
                .writeString(letter.topic())
                .writeLong(letter.partition())
                .writeLong(letter.offset())
                .writeLong(letter.timestamp())
                .writeNullableBytes(letter.key())
                .writeNullableBytes(letter.value());
    }

    private void write(SnapshotChunk chunk) {
        out.writeLong(SNAPSHOT_FORMAT)
                .writeString(chunk.model())
                .writeString(chunk.lineage())
                .writeLong(chunk.version())
                .writeLong(chunk.index())
                .writeLong(chunk.count())
                .writeString(chunk.sha256())
                .writeBytes(chunk.bytes());
    }

    private void write(SnapshotManifest manifest) {
        out.writeLong(SNAPSHOT_FORMAT)
                .writeString(manifest.model())
                .writeString(manifest.lineage())
                .writeLong(manifest.version())
                .writeString(manifest.specHash())
                .writeLong(manifest.chunks())
                .writeLong(manifest.length())
                .writeString(manifest.sha256())
                .writeLong(manifest.createdEventTime())
                .writeStrings(manifest.about());
    }

    private void write(Evaluation evaluation) {
        out.writeString(evaluation.model())
                .writeString(evaluation.lineage())
                .writeLong(evaluation.version())
                .writeString(evaluation.scope().text())
                .writeLong(evaluation.examples())
                .writeLong(evaluation.eventTime())
                .writeDoubles(evaluation.metrics());
    }
}
