package io.gradstream.connectors.records;

/**
 * A snapshot that is whole and is what its manifest says.
 *
 * @param manifest what it is
 * @param bytes the snapshot itself
 */
@SuppressWarnings("ArrayRecordComponent")
public record Snapshot(SnapshotManifest manifest, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that
                && manifest.equals(that.manifest)
                && java.util.Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return manifest.hashCode();
    }

    @Override
    public String toString() {
        return "Snapshot[" + manifest.model() + " version " + manifest.version() + ", " + bytes.length + " bytes]";
    }
}
