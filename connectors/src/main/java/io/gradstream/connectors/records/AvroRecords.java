package io.gradstream.connectors.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the records that a job wrote, and gives their schemas. */
public final class AvroRecords {
    private AvroRecords() {}

    /** Reads a prediction. */
    public static Prediction prediction(byte[] bytes) throws UnreadableRecordException {
        AvroReader in = new AvroReader("Prediction", bytes);
        String id = in.readString();
        long eventTime = in.readLong();
        float[] scores = in.readFloats();
        String model = in.readString();
        String lineage = in.readString();
        long version = in.readLong();
        long modelAge = in.readPresent() ? in.readLong() : -1;
        Prediction prediction = new Prediction()
                .example(id, eventTime, in.readString(), in.readInt(), in.readLong())
                .model(model, lineage, version, modelAge)
                .scores(scores, 0, scores.length)
                .duplicate(in.readBoolean());
        in.end();
        return prediction;
    }

    /** Reads a dead letter written with its Avro schema, as files hold it. In Kafka its value is the raw bytes. */
    public static DeadLetter deadLetter(byte[] bytes) throws UnreadableRecordException {
        AvroReader in = new AvroReader("DeadLetter", bytes);
        DeadLetter letter = new DeadLetter(
                in.readString(),
                in.readString(),
                in.readString(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readPresent() ? in.readBytes() : null,
                in.readPresent() ? in.readBytes() : null);
        in.end();
        return letter;
    }

    /** Reads a chunk of a snapshot. */
    public static SnapshotChunk snapshotChunk(byte[] bytes) throws UnreadableRecordException {
        AvroReader in = new AvroReader("SnapshotChunk", bytes);
        snapshotFormat(in);
        SnapshotChunk chunk = new SnapshotChunk(
                in.readString(),
                in.readString(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readString(),
                in.readBytes());
        in.end();
        return chunk;
    }

    /** Reads the manifest of a snapshot. */
    public static SnapshotManifest snapshotManifest(byte[] bytes) throws UnreadableRecordException {
        AvroReader in = new AvroReader("SnapshotManifest", bytes);
        snapshotFormat(in);
        SnapshotManifest manifest = new SnapshotManifest(
                in.readString(),
                in.readString(),
                in.readLong(),
                in.readString(),
                in.readInt(),
                in.readLong(),
                in.readString(),
                in.readLong(),
                in.readStrings());
        in.end();
        return manifest;
    }

    /** Reads an evaluation. */
    public static Evaluation evaluation(byte[] bytes) throws UnreadableRecordException {
        AvroReader in = new AvroReader("Evaluation", bytes);
        String model = in.readString();
        String lineage = in.readString();
        long version = in.readLong();
        String scope = in.readString();
        for (Evaluation.Scope known : Evaluation.Scope.values()) {
            if (known.text().equals(scope)) {
                Evaluation evaluation =
                        new Evaluation(model, lineage, version, known, in.readLong(), in.readLong(), in.readDoubles());
                in.end();
                return evaluation;
            }
        }
        throw in.bad("scope '" + scope + "' is neither 'all' nor 'window'");
    }

    /** The Avro schema of a kind of record, as JSON: what another reader needs. */
    public static String schema(Class<? extends Outgoing> kind) {
        String name = kind.getSimpleName() + ".avsc";
        try (InputStream in = AvroRecords.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s has no schema; ask for a record kind, not for Outgoing", kind));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema " + name, e);
        }
    }

    private static void snapshotFormat(AvroReader in) throws UnreadableRecordException {
        int format = in.readInt();
        if (format != OutgoingEncoder.SNAPSHOT_FORMAT) {
            throw in.bad("snapshot format " + format + " is not known here, only " + OutgoingEncoder.SNAPSHOT_FORMAT
                    + "; a newer Gradstream may have written it");
        }
    }
}
