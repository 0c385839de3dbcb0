package io.gradstream.model.layers;

import io.gradstream.model.parameters.Weights;

/** What a forward and backward pass over one batch is given. Reused. */
public final class Pass {
    private int batch;
    private boolean learning;
    private long counter;
    private Weights weights;
    private float[] gradients;

    /** Prepares for scoring. */
    public void score(Weights weights, int batch) {
        this.weights = weights;
        this.batch = batch;
        this.learning = false;
        this.gradients = null;
    }

    /** Prepares for learning; {@code gradients} is parallel to {@link Weights#dense} and cleared. */
    public void learn(Weights weights, float[] gradients, int batch, long counter) {
        this.weights = weights;
        this.gradients = gradients;
        this.batch = batch;
        this.learning = true;
        this.counter = counter;
    }

    /** Rows of the batch. */
    public int batch() {
        return batch;
    }

    /** Whether a backward pass and a step follow: dropout drops, statistics are updated. */
    public boolean learning() {
        return learning;
    }

    /** What random choices of this pass depend on: another number for each mini-batch. */
    public long counter() {
        return counter;
    }

    /** The model's weights. */
    public Weights weights() {
        return weights;
    }

    /** The dense parameters, {@link Weights#dense}. */
    public float[] dense() {
        return weights.dense();
    }

    /** Gradients of the dense parameters, to be added to. */
    public float[] gradients() {
        return gradients;
    }
}
