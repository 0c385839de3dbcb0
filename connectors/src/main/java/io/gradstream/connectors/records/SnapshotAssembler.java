package io.gradstream.connectors.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the snapshots of one model together again from the records of a topic, in the topic's order, and takes only what
 * is whole, unchanged and not older than what it already took.
 *
 * <p>Compaction may have removed any part of a snapshot that a newer one replaced. Missing parts are therefore no fault
 * in themselves: they are judged when a newer snapshot was taken (then they are counted as skipped) or when the reader
 * has reached the end of the topic and none came (then the snapshot is refused as torn). All else that is wrong, a
 * checksum, an order, a length, is refused at once. The last good snapshot is never given up for a refused one.
 */
public final class SnapshotAssembler {
    /** What became of a record. */
    public sealed interface Result permits Nothing, Complete, Refused {}

    /** Nothing to say yet. */
    public record Nothing() implements Result {}

    /** A snapshot is whole and good. */
    public record Complete(Snapshot snapshot) implements Result {}

    /** A snapshot was not taken; {@code problem} is one sentence that says which and why. */
    public record Refused(String lineage, long version, String problem) implements Result {}

    /** The oldest version of a lineage that may be taken: what a reader had before it was restored. */
    public record Floor(String lineage, long version) {}

    private static final Result NOTHING = new Nothing();

    private final String model;
    private final Map<String, SnapshotManifest> newest = new HashMap<>();
    private final Floor floor;
    private Sequence current;
    private Refused undecided;
    private long skipped;

    /** Takes any version first. */
    public SnapshotAssembler(String model) {
        this(model, null);
    }

    /** Passes over versions of the floor's lineage that are below it; null for no floor. */
    public SnapshotAssembler(String model, Floor floor) {
        this.model = model;
        this.floor = floor;
    }

    /** Takes the next chunk or manifest of the topic. Other records, and those of other models, change nothing. */
    public Result add(Outgoing record) {
        if (record instanceof SnapshotChunk chunk && chunk.model().equals(model)) {
            return add(chunk);
        }
        if (record instanceof SnapshotManifest manifest && manifest.model().equals(model)) {
            return add(manifest);
        }
        return NOTHING;
    }

    /** To be called when the reader has reached the end of the topic: a torn snapshot that nothing replaced is refused. */
    public Optional<Refused> caughtUp() {
        Optional<Refused> refused = Optional.ofNullable(undecided);
        undecided = null;
        return refused;
    }

    /** How many snapshots were passed over because compaction had taken parts of them, or because they came again. */
    public long skipped() {
        return skipped;
    }

    private Result add(SnapshotChunk chunk) {
        if (chunk.count() < 1
                || chunk.index() < 0
                || chunk.index() >= chunk.count()
                || chunk.bytes().length > SnapshotChunks.MAX_BYTES) {
            current = null;
            return refuse(chunk.lineage(), chunk.version(), "it has an impossible chunk: " + chunk);
        }
        if (current == null || !current.continuedBy(chunk)) {
            if (current != null) {
                skipped++;
            }
            current = new Sequence(chunk);
        }
        current.add(chunk);
        return NOTHING;
    }

    private Result add(SnapshotManifest manifest) {
        Sequence sequence = current;
        current = null;
        if (sequence == null || !sequence.endedBy(manifest)) {
            if (sequence != null) {
                skipped++;
            }
            return missing(manifest, "all of its " + manifest.chunks() + " chunks are missing");
        }
        if (sequence.problem() != null) {
            return refuse(manifest.lineage(), manifest.version(), sequence.problem());
        }
        if (sequence.size() != manifest.chunks()) {
            return missing(manifest, "of its " + manifest.chunks() + " chunks only " + sequence.size() + " came");
        }
        byte[] bytes = sequence.join();
        if (bytes.length != manifest.length() || !SnapshotChunks.sha256(bytes).equals(manifest.sha256())) {
            return refuse(
                    manifest.lineage(),
                    manifest.version(),
                    "its chunks do not add up to the length and SHA-256 of its manifest");
        }
        return judge(new Snapshot(manifest, bytes));
    }

    /** The snapshot is whole; is it new? */
    private Result judge(Snapshot snapshot) {
        SnapshotManifest manifest = snapshot.manifest();
        SnapshotManifest had = newest.get(manifest.lineage());
        if (had == null
                && floor != null
                && floor.lineage().equals(manifest.lineage())
                && manifest.version() < floor.version()) {
            skipped++;
            return NOTHING;
        }
        if (had != null
                && manifest.version() == had.version()
                && manifest.sha256().equals(had.sha256())) {
            skipped++;
            return NOTHING;
        }
        if (had != null && manifest.version() <= had.version()) {
            return refuse(
                    manifest.lineage(),
                    manifest.version(),
                    manifest.version() == had.version()
                            ? "this version came before with other content"
                            : "version " + had.version() + " of the same lineage came before it");
        }
        newest.put(manifest.lineage(), manifest);
        if (undecided != null) {
            undecided = null;
            skipped++;
        }
        return new Complete(snapshot);
    }

    private Result missing(SnapshotManifest manifest, String problem) {
        if (undecided != null) {
            skipped++;
        }
        undecided = refuse(manifest.lineage(), manifest.version(), problem);
        return NOTHING;
    }

    private Refused refuse(String lineage, long version, String problem) {
        return new Refused(
                lineage,
                version,
                "snapshot of " + model + ", version " + version + " of lineage " + lineage + ", is not taken: "
                        + problem);
    }

    /** Chunks of one snapshot as they come. */
    private static final class Sequence {
        private final SnapshotChunk first;
        private final List<byte[]> pieces = new ArrayList<>();
        private int next;
        private String problem;

        Sequence(SnapshotChunk first) {
            this.first = first;
        }

        /** Chunk 0 begins anew, as a writer does after a crash without transactions; but twice in a row it is a fault. */
        boolean continuedBy(SnapshotChunk chunk) {
            return chunk.lineage().equals(first.lineage())
                    && chunk.version() == first.version()
                    && chunk.count() == first.count()
                    && (chunk.index() > 0 || next == 1);
        }

        boolean endedBy(SnapshotManifest manifest) {
            return manifest.lineage().equals(first.lineage())
                    && manifest.version() == first.version()
                    && manifest.chunks() == first.count();
        }

        void add(SnapshotChunk chunk) {
            if (chunk.index() < next) {
                problem = "chunk " + chunk.index() + " came after chunk " + (next - 1);
            } else if (!SnapshotChunks.sha256(chunk.bytes()).equals(chunk.sha256())) {
                problem = "chunk " + chunk.index() + " is not what its SHA-256 says";
            }
            next = chunk.index() + 1;
            pieces.add(chunk.bytes());
        }

        String problem() {
            return problem;
        }

        int size() {
            return pieces.size();
        }

        byte[] join() {
            int length = pieces.stream().mapToInt(piece -> piece.length).reduce(0, Math::addExact);
            byte[] whole = new byte[length];
            int at = 0;
            for (byte[] piece : pieces) {
                System.arraycopy(piece, 0, whole, at, piece.length);
                at += piece.length;
            }
            return whole;
        }
    }
}
