package io.gradstream.model.layers;

/** A layer in a plan: bound to its parameters, its input and output values and its own buffers. */
public interface Layer {
    /** Computes the output values from the input values. */
    void forward(Pass pass);

    /**
     * From the gradient of the output values: adds to the gradients of the parameters, and to those of the input values where they are
     * wanted. Comes right after the forward pass over the same batch.
     */
    void backward(Pass pass);
}
