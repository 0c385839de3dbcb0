package io.gradstream.connectors.records;

import java.util.Arrays;
import java.util.Objects;

/**
 * One piece of a snapshot.
 *
 * @param model the model's name
 * @param lineage the lineage of the weights
 * @param version the number of steps the weights had made
 * @param index which piece, from 0
 * @param count how many pieces there are
 * @param sha256 SHA-256 of {@code bytes}, as 64 hexadecimal digits
 * @param bytes at most {@link SnapshotChunks#MAX_BYTES} bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record SnapshotChunk(
        String model, String lineage, long version, int index, int count, String sha256, byte[] bytes)
        implements Outgoing {

    public SnapshotChunk {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(lineage, "lineage");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(bytes, "bytes");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotChunk that
                && model.equals(that.model)
                && lineage.equals(that.lineage)
                && version == that.version
                && index == that.index
                && count == that.count
                && sha256.equals(that.sha256)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(model, lineage, version, index, sha256);
    }

    @Override
    public String toString() {
        return "SnapshotChunk[" + model + " version " + version + ", chunk " + index + " of " + count + ", "
                + bytes.length + " bytes]";
    }
}
