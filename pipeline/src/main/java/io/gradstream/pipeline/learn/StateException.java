package io.gradstream.pipeline.learn;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A checkpoint whose state cannot be gone on from: damaged, of an unknown version, or of another model. Flink does not restart the job. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class StateException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param message what was found, what was wanted, and what can be done */
    public StateException(String message) {
        super(message);
    }

    /** The same with what led to it. */
    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
