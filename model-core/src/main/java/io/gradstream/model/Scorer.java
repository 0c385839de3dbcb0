package io.gradstream.model;

/** Scores with a {@link Model} and buffers of its own. One thread. Allocates nothing after it is made. */
public final class Scorer {
    private final Scoring scoring;
    private Model model;

    Scorer(Model model, int maxBatch) {
        this.model = model;
        Plan plan = model.compiled().plan(maxBatch, false);
        this.scoring = new Scoring(model.compiled(), plan, new RowCheck(model.spec()));
    }

    /**
     * Goes on with another model of the same tensors, in the same buffers.
     *
     * @throws IllegalArgumentException if that model's spec differs in more than {@link ModelSpec#difference} allows
     */
    public void use(Model other) {
        if (!other.info().specHash().equals(model.info().specHash())) {
            model.spec().difference(other.spec()).ifPresent(difference -> {
                throw new IllegalArgumentException(
                        "the model is another one: " + difference + "; make a new scorer for it");
            });
        }
        model = other;
    }

    /** The model in use. */
    public Model model() {
        return model;
    }

    /**
     * Scores all rows of a batch.
     *
     * <p>Rows are finite, and so are weights; what lies between is float32 arithmetic, which overflows with numbers or weights beyond
     * about 10^19. The value of such a row is then infinite or NaN, a probability 0, 1 or NaN: nothing is thrown, and neither the scores of
     * other rows nor the model are changed by it. Numbers that are standardised first, as in all {@link Presets}, are limited to ± 10.
     *
     * @param out row-major (batch.size(), outputs): probabilities (binary: of 1; multiclass: of each class), or values
     * @throws IllegalArgumentException if a row holds a number that is not finite (NaN where a number may be missing is fine) or an
     *     id out of range; nothing is written then
     */
    public void score(Batch batch, float[] out) {
        scoring.score(model.weights(), batch, out);
    }
}
