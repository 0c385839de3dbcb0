package io.gradstream.model.losses;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.kernels.Kernels;

/** How a served score is made of the last layer's outputs. */
public enum Link {
    /** The output itself. */
    IDENTITY,
    /** 1 / (1 + exp(-z)): the probability of 1. */
    SIGMOID,
    /** exp(z_i) / sum of exp(z): the probability of each class. */
    SOFTMAX,
    /** exp(z), at most the largest float: a rate. */
    EXP;

    /** out (batch, width) from {@code outAt} = link of logits (batch, width) */
    public void apply(float[] logits, float[] out, int outAt, int batch, int width) {
        int n = batch * width;
        switch (this) {
            case IDENTITY -> System.arraycopy(logits, 0, out, outAt, n);
            case SIGMOID -> ActivationKernels.sigmoid(logits, 0, out, outAt, n);
            case SOFTMAX -> ActivationKernels.softmaxRows(batch, width, logits, 0, out, outAt);
            case EXP -> {
                ActivationKernels.exp(logits, 0, out, outAt, n);
                Kernels.clamp(0, Float.MAX_VALUE, out, outAt, n);
            }
        }
    }
}
