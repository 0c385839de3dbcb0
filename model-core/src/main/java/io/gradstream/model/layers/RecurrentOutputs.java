package io.gradstream.model.layers;

import io.gradstream.model.spec.Doc;

/** Which states of a recurrent layer are its output. */
public enum RecurrentOutputs {
    /** The state after the last step; backwards, that after the first. */
    @Doc("The state after the last step of a row; backwards, that after the first.")
    LAST,
    /** The state after each step. */
    @Doc("The state after each step.")
    ALL
}
