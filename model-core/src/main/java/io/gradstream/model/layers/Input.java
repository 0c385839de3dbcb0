package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.parameters.Shape;
import java.util.Arrays;

/** One edge of a plan: a value as one layer reads it. */
public final class Input {
    private final Signal signal;
    private final Value value;
    private final boolean first;
    private final boolean inPlace;

    /**
     * An edge.
     *
     * @param first whether this edge is the first, in the backward pass, to add to the value's gradient
     * @param inPlace whether the reading layer's output lies in the same arrays
     */
    public Input(Signal signal, Value value, boolean first, boolean inPlace) {
        this.signal = signal;
        this.value = value;
        this.first = first;
        this.inPlace = inPlace;
    }

    /** What flows. */
    public Signal signal() {
        return signal;
    }

    /** One row's shape. */
    public Shape shape() {
        return signal.shape();
    }

    /** One row's floats or ids. */
    public int size() {
        return signal.shape().size();
    }

    /** The floats. */
    public float[] data() {
        return value.data();
    }

    /** The ids. */
    public int[] ids() {
        return value.ids();
    }

    /** How many steps each row has; null = all. */
    public int[] lengths() {
        return value.lengths();
    }

    /** Whether its gradient is wanted. */
    public boolean wantsGradient() {
        return value.gradient() != null;
    }

    /** The gradient, not prepared: for layers that run in place. */
    public float[] rawGradient() {
        return value.gradient();
    }

    /** Whether the output lies in the same arrays as this input. */
    public boolean inPlace() {
        return inPlace;
    }

    /** Whether no other edge has added to the gradient yet in this backward pass, so that it may be overwritten. */
    public boolean first() {
        return first;
    }

    /** Adds {@code change} (batch, size) to the gradient, if that is wanted. */
    public void addGradient(float[] change, int batch) {
        if (!wantsGradient()) {
            return;
        }
        if (first) {
            System.arraycopy(change, 0, value.gradient(), 0, batch * size());
        } else {
            Kernels.add(change, 0, value.gradient(), 0, batch * size());
        }
    }

    /** The gradient, to be added to: zeros if this edge is the first to add. */
    public float[] gradient(int batch) {
        if (first) {
            Arrays.fill(value.gradient(), 0, batch * size(), 0);
        }
        return value.gradient();
    }
}
