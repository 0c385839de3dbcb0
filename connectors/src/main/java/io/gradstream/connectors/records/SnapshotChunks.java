package io.gradstream.connectors.records;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts a snapshot into records that fit into a topic, and names them. The keys hold no version, {@code MODEL/chunk/INDEX}
 * and {@code MODEL/manifest}: so compaction keeps the newest snapshot of each model and drops the older ones.
 */
public final class SnapshotChunks {
    /** Largest chunk: half of Kafka's default {@code max.message.bytes}. */
    public static final int MAX_BYTES = 512 * 1024;

    private SnapshotChunks() {}

    /**
     * Chunks in order, then the manifest.
     *
     * @param createdEventTime event time of the newest example learned, in milliseconds since the epoch
     * @param about whatever else there is to say of it
     * @param bytes the snapshot; not empty
     */
    public static List<Outgoing> split(
            String model,
            String lineage,
            long version,
            String specHash,
            long createdEventTime,
            Map<String, String> about,
            byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty snapshot of " + model + " cannot be written");
        }
        int count = (bytes.length + MAX_BYTES - 1) / MAX_BYTES;
        List<Outgoing> records = new ArrayList<>(count + 1);
        for (int i = 0; i < count; i++) {
            int from = i * MAX_BYTES;
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_BYTES));
            records.add(new SnapshotChunk(model, lineage, version, i, count, sha256(piece), piece));
        }
        records.add(new SnapshotManifest(
                model, lineage, version, specHash, count, bytes.length, sha256(bytes), createdEventTime, about));
        return records;
    }

    /** The key of a chunk's record. */
    public static byte[] key(SnapshotChunk chunk) {
        return (chunk.model() + "/chunk/" + chunk.index()).getBytes(StandardCharsets.UTF_8);
    }

    /** The key of a manifest's record. */
    public static byte[] key(SnapshotManifest manifest) {
        return (manifest.model() + "/manifest").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a record of a snapshots topic.
     *
     * @return the chunk or manifest; empty for a tombstone and for a record of another model
     */
    public static Optional<Outgoing> read(String model, byte[] key, byte[] value) throws UnreadableRecordException {
        if (key == null || value == null) {
            return Optional.empty();
        }
        String name = new String(key, StandardCharsets.UTF_8);
        if (name.equals(model + "/manifest")) {
            return Optional.of(AvroRecords.snapshotManifest(value));
        }
        return name.startsWith(model + "/chunk/") ? Optional.of(AvroRecords.snapshotChunk(value)) : Optional.empty();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
