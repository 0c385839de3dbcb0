package io.gradstream.model.losses;

/** A loss with its buffers. */
public interface Loss {
    /**
     * The mean over the batch of each row's loss times its weight: sum(weight loss) / batch; and its gradient.
     *
     * @param outputs of the last layer, (batch, width)
     * @param targets (batch)
     * @param weights (batch)
     * @param gradient with respect to the outputs, (batch, width); overwritten
     */
    float evaluate(float[] outputs, float[] targets, float[] weights, int batch, float[] gradient);
}
