package io.gradstream.pipeline.examples;

/** What comes out of decoding: an example, a label, or a record that could not be used. */
public sealed interface Incoming permits Example, Label, BadRecord {

    /** The id that a label and its example share; of a bad record, its origin. It is what the stream is keyed by. */
    String id();
}
