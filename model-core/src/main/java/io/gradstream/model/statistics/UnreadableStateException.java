package io.gradstream.model.statistics;

/** Bytes that are no evaluation state, or an altered one; the message says why. */
public final class UnreadableStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableStateException(String message) {
        super(message);
    }
}
