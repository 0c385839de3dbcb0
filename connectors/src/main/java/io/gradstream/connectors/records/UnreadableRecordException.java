package io.gradstream.connectors.records;

/** Bytes that are not the record they should be: what was wanted and what came. */
public final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableRecordException(String message) {
        super(message);
    }
}
