package io.gradstream.model.losses;

import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/** What is minimised: a loss on the last layer's outputs (logits for the classification losses), averaged over the mini-batch. */
@Discriminator("type")
@Doc("What is minimised, averaged over the mini-batch.")
public sealed interface LossSpec
        permits BinaryCrossEntropy,
                CrossEntropy,
                Focal,
                Hinge,
                Huber,
                MeanAbsoluteError,
                MeanSquaredError,
                Poisson,
                Quantile {
    /** How a score is made of the outputs. */
    Link link();

    /** What it takes as targets, which also tells the tasks it is for. */
    Targets targets();

    /** The loss with buffers for {@code capacity} rows of {@code outputs} outputs. */
    Loss make(int capacity, int outputs);

    /** How many floats a loss that is {@link #make made} keeps. */
    default long floats(long capacity, long outputs) {
        return 2 * capacity;
    }

    /** Refuses settings that do not fit so many outputs. */
    default void check(int outputs) {}

    /** Its name in a spec, as in {@code type: huber}. */
    default String kind() {
        return getClass().getAnnotation(Kind.class).value();
    }
}
