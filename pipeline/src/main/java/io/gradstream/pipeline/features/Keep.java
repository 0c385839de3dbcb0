package io.gradstream.pipeline.features;

/** What is kept of a list that is longer than the model takes. */
enum Keep {
    FIRST,
    LAST;

    /** The first that is kept of {@code length}, of which {@code most} are. */
    int from(int length, int most) {
        return this == FIRST ? 0 : Math.max(0, length - most);
    }
}
