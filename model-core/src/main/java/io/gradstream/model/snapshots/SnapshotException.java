package io.gradstream.model.snapshots;

/** A snapshot that cannot be read, or is not the one that was wanted; the message says which part and why. */
public class SnapshotException extends Exception {
    private static final long serialVersionUID = 1L;

    public SnapshotException(String message) {
        super(message);
    }

    public SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
