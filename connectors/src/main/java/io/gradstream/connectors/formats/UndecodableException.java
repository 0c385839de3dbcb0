package io.gradstream.connectors.formats;

/**
 * A record that cannot be read: what was wanted and what came, in one line. Made once per bad record, possibly for
 * each of a million, so it carries no stack trace.
 */
public final class UndecodableException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param message what was wanted and what came, in one line */
    public UndecodableException(String message) {
        super(message, null, false, false);
    }
}
