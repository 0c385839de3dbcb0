package io.gradstream.pipeline.score;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A scoring job waited for its first model, and none came. Flink does not restart the job. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class NoModelException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param message what was waited for, how long, and what can be done */
    public NoModelException(String message) {
        super(message);
    }
}
