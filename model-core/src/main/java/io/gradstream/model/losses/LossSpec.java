package io.gradstream.model.losses;

import io.gradstream.model.spec.Discriminator;
import io.gradstream.model.spec.Doc;

/** What is minimised: a loss on the last layer's outputs (logits for the classification losses), averaged over the mini-batch. */
@Discriminator("type")
@Doc("What is minimised, averaged over the mini-batch.")
public sealed interface LossSpec permits BinaryCrossEntropy, CrossEntropy, MeanSquaredError {
    /** How a score is made of the outputs. */
    Link link();

    /** The loss with buffers for {@code capacity} rows of {@code outputs} outputs. */
    Loss make(int capacity, int outputs);
}
