package io.gradstream.model.losses;

import io.gradstream.model.kernels.Kernels;

/** A loss of one output a row that plain arithmetic tells, row by row. */
final class PerRow implements Loss {
    private final Curve curve;
    private final Factors factors;
    private final float[] losses;

    /** The loss and its slope. */
    interface Curve {
        /** The loss of output y for target t; in double precision, where the difference of two floats does not overflow. */
        double loss(double y, double t);

        /** Its derivative with respect to y; 0 at a kink. */
        float slope(float y, float t);
    }

    PerRow(Curve curve, int capacity) {
        this.curve = curve;
        this.factors = new Factors(capacity);
        this.losses = new float[capacity];
    }

    @Override
    public float evaluate(float[] outputs, float[] targets, float[] weights, int batch, float[] gradient) {
        float[] factor = factors.of(weights, batch);
        for (int i = 0; i < batch; i++) {
            // A loss may be more than a float; times a weight of 0 it is still 0.
            losses[i] = factor[i] * (float) Math.min(curve.loss(outputs[i], targets[i]), Float.MAX_VALUE);
            gradient[i] = factor[i] * curve.slope(outputs[i], targets[i]);
        }
        return Kernels.sum(losses, 0, batch);
    }
}
