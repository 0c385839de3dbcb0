package io.gradstream.pipeline.features;

/** A record whose values cannot be used: it becomes a dead letter. Has no stack trace; it is thrown per record. */
public final class BadExampleException extends Exception {

    /** NaN or infinite. */
    public static final String NOT_FINITE = "not-finite";

    /** Not 0 and smaller than 1.2e-38, or larger than 1e30. */
    public static final String OUT_OF_RANGE = "out-of-range";

    /** A required field has no value. */
    public static final String MISSING_FIELD = "missing-field";

    /** An outcome that the task does not know. */
    public static final String IMPOSSIBLE_LABEL = "impossible-label";

    /** A list of another length than an image or the steps of a sequence have. */
    public static final String WRONG_SHAPE = "wrong-shape";

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason one of the codes above: stable, kebab-case
     * @param message where, what was wanted, what came
     */
    public BadExampleException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Stable kebab-case code. */
    public String reason() {
        return reason;
    }
}
