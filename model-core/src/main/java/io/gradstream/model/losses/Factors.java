package io.gradstream.model.losses;

/** What each row's loss counts for: its weight over the number of rows. */
final class Factors {
    private final float[] factors;

    Factors(int capacity) {
        this.factors = new float[capacity];
    }

    float[] of(float[] weights, int batch) {
        for (int i = 0; i < batch; i++) {
            factors[i] = weights[i] / batch;
        }
        return factors;
    }

    /** Those of rows with target 1 times {@code positive}. */
    float[] of(float[] weights, float positive, float[] targets, int batch) {
        if (positive == 1) {
            return of(weights, batch);
        }
        for (int i = 0; i < batch; i++) {
            factors[i] = (targets[i] == 1 ? positive * weights[i] : weights[i]) / batch;
        }
        return factors;
    }
}
