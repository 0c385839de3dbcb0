package io.gradstream.model.layers;

/** A part of a layer: a function over whole arrays, which start with the batch's first vector. Composed layers are made of these. */
interface Piece {
    /** y = f(x). */
    void forward(Pass pass, float[] x, float[] y);

    /**
     * From the x of the last forward pass: adds to the gradients of the parameters, and overwrites dx with the gradient of x. May
     * overwrite dy; dx must be another array.
     */
    void backward(Pass pass, float[] x, float[] dy, float[] dx);
}
