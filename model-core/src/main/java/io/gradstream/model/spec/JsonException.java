package io.gradstream.model.spec;

/** Text that is no JSON, or more of it than is allowed; the message says where. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message);
    }
}
