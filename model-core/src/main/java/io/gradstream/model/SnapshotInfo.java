package io.gradstream.model;

import java.util.Map;

/**
 * Where a model comes from.
 *
 * @param lineage random id of the run from scratch that it descends from
 * @param version steps made so far
 * @param examples examples learned so far
 * @param specHash the spec's hash, see {@link ModelSpec#hash()}
 * @param sha256 of the tensors' bytes, as lower-case hex; equal for equal learners whatever their lineage
 * @param about what the caller added: schema, offsets, metrics
 */
public record SnapshotInfo(
        String lineage, long version, long examples, String specHash, String sha256, Map<String, String> about) {
    public SnapshotInfo {
        about = Map.copyOf(about);
    }
}
