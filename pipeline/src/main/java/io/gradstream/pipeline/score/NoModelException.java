package io.gradstream.pipeline.score;

/** A scoring job waited for its first model, and none came. */
public final class NoModelException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param message what was waited for, how long, and what can be done */
    public NoModelException(String message) {
        super(message);
    }
}
