package io.gradstream.model.layers;

/** A layer that does not fit what it reads. The message names the layer, its index, what was wanted and what came. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }
}
