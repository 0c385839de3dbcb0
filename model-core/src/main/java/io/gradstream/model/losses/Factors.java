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
}
