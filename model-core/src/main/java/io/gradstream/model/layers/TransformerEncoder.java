package io.gradstream.model.layers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * Transformer blocks over the steps of a sequence: attention to itself, then a feed-forward network (Vaswani et al. 2017, section 3.1). With
 * {@code causal} it is the decoder-only model of a language model.
 *
 * @param layers how many blocks
 * @param heads must divide the width of its input
 * @param feedForward width between the two linear layers of a block
 * @param activation between them
 * @param norm where vectors are normalised
 * @param dropout of attention's weights, of what attention and feed-forward add, and between the two linear layers
 * @param causal whether a step sees only itself and those before it
 */
@Kind("transformer-encoder")
@Doc("Transformer blocks over the steps of a sequence.")
public record TransformerEncoder(
        @TransformerSettings.Blocks int layers,

        @TransformerSettings.Heads int heads,

        @TransformerSettings.FeedForward int feedForward,

        @TransformerSettings.Function HiddenActivation activation,

        @TransformerSettings.Norm NormPlace norm,

        @TransformerSettings.Dropped float dropout,

        @Doc("Whether a step sees only itself and those before it.") @Default("false")
        boolean causal)
        implements LayerSpec {
    public TransformerEncoder {
        Transformer.check(layers, heads, feedForward, dropout);
    }

    /** With ReLU, normalised before, without dropout. */
    public TransformerEncoder(int layers, int heads, int feedForward) {
        this(layers, heads, feedForward, HiddenActivation.RELU, NormPlace.PRE, 0, false);
    }

    @Override
    public Declared declare(Site site) {
        return new Transformer(layers, heads, feedForward, activation, norm, dropout, causal).declare(site, false);
    }
}
