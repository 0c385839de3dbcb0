package io.gradstream.model;

import io.gradstream.model.spec.Doc;

/**
 * One category of a row, as an id in [0, buckets).
 *
 * @param name its name, for messages
 * @param buckets how many ids there are, at least 1
 */
@Doc("One category of a row.")
public record CategoryField(
        @Doc("Its name.") String name,
        @Doc("How many ids there are, at least 1.") int buckets) {
    public CategoryField {
        InputRules.require(name);
        if (buckets < 1) {
            throw new IllegalArgumentException("buckets must be at least 1, was " + buckets);
        }
    }
}
