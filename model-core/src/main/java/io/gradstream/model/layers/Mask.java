package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.random.Philox;

/**
 * Elements that a mini-batch drops, and the factor of those that it keeps: a pure function of the seed, the purpose, the mini-batch and
 * the element's place.
 */
final class Mask {
    private final float keep;
    private final float[] factors;
    private final Philox generator;

    Mask(float keep, long size, String purpose, Room room) {
        this.keep = keep;
        this.factors = room.learns() ? room.perRow(size) : null;
        this.generator = room.generator(purpose);
    }

    /** Draws a mask, if this pass learns, and multiplies n elements of x by it. */
    void drop(Pass pass, float[] x, int n) {
        if (pass.learning()) {
            draw(pass, 0, n);
            multiply(x, 0, 0, n);
        }
    }

    /** Draws the mask of n elements, from {@code at} on. */
    void draw(Pass pass, int at, int n) {
        // A mini-batch has fewer than 2^31 elements, so no two share a draw.
        generator.fillMask(keep, (pass.counter() << 31) + at, factors, at, n);
    }

    /** Multiplies n elements of x by those of the mask from {@code at} on. */
    void multiply(float[] x, int xAt, int at, int n) {
        Kernels.multiplyElements(factors, at, x, xAt, n);
    }

    /** Multiplies the gradient of n elements by the mask that was drawn last. */
    void dropGradient(float[] dx, int n) {
        multiply(dx, 0, 0, n);
    }
}
