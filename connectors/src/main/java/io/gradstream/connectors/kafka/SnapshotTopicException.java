package io.gradstream.connectors.kafka;

/** A snapshots topic that cannot be read: one sentence that says why. */
public final class SnapshotTopicException extends Exception {
    private static final long serialVersionUID = 1;

    SnapshotTopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
