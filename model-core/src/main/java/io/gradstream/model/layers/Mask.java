package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.random.Philox;

/** Elements that a mini-batch drops, and the factor of those that it keeps: a pure function of the seed, the purpose and the mini-batch. */
final class Mask {
    private final float keep;
    private final float[] factors;
    private final Philox generator;

    Mask(float keep, int size, String purpose, Room room) {
        this.keep = keep;
        this.factors = room.learns() ? room.perRow(size) : null;
        this.generator = room.generator(purpose);
    }

    /** Draws a mask, if this pass learns, and multiplies n elements of x by it. */
    void drop(Pass pass, float[] x, int n) {
        if (pass.learning()) {
            // A mini-batch has fewer than 2^31 elements, so no two share a draw.
            generator.fillMask(keep, pass.counter() << 31, factors, 0, n);
            Kernels.multiplyElements(factors, 0, x, 0, n);
        }
    }

    /** Multiplies the gradient of n elements by the mask that was drawn last. */
    void dropGradient(float[] dx, int n) {
        Kernels.multiplyElements(factors, 0, dx, 0, n);
    }
}
