package io.gradstream.connectors.records;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Ends a snapshot: what the chunks before it must add up to, and what the whole is.
 *
 * @param model the model's name
 * @param lineage the lineage of the weights
 * @param version the number of steps the weights had made
 * @param specHash hash of the model's spec
 * @param chunks how many chunks there are
 * @param length length of the whole in bytes
 * @param sha256 SHA-256 of the whole, as 64 hexadecimal digits
 * @param createdEventTime event time of the newest example learned, in milliseconds since the epoch
 * @param about whatever else the writer says of it, sorted by name
 */
public record SnapshotManifest(
        String model,
        String lineage,
        long version,
        String specHash,
        int chunks,
        long length,
        String sha256,
        long createdEventTime,
        Map<String, String> about)
        implements Outgoing {

    public SnapshotManifest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(lineage, "lineage");
        Objects.requireNonNull(specHash, "specHash");
        Objects.requireNonNull(sha256, "sha256");
        about = Collections.unmodifiableMap(new TreeMap<>(about));
    }
}
