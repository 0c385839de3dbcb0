package io.gradstream.model.layers;

import io.gradstream.model.spec.Doc;

/** What a missing number becomes. */
public enum Missing {
    /** 0. */
    @Doc("0, which is the mean where numbers are standardised.")
    ZERO,
    /** A learned value for each column, 0 at first. */
    @Doc("A learned value for each column, 0 at first.")
    LEARNED
}
