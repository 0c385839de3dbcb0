package io.gradstream.pipeline.examples;

import io.gradstream.connectors.records.RawRecord;

/** Makes of a record's bytes what the operators work on. One thread. */
public interface RecordReader {

    /** An example or a label, reused by the next call, or a {@link BadRecord} with the reason. Never throws for any content. */
    Incoming read(RawRecord record);
}
