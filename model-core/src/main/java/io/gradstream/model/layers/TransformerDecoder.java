package io.gradstream.model.layers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * Transformer blocks over a target sequence that look at a second one, their memory: attention to itself, attention to the memory, then a
 * feed-forward network (Vaswani et al. 2017, section 3.1).
 *
 * @param layers how many blocks
 * @param heads must divide the width of its input
 * @param feedForward width between the two linear layers of a block
 * @param activation between them
 * @param norm where vectors are normalised
 * @param dropout of attention's weights, of what attention and feed-forward add, and between the two linear layers
 * @param causal whether a step sees only itself and those before it
 */
@Kind("transformer-decoder")
@Doc("Transformer blocks over a target sequence that look at a second one, their memory.")
public record TransformerDecoder(
        @TransformerSettings.Blocks int layers,

        @TransformerSettings.Heads int heads,

        @TransformerSettings.FeedForward int feedForward,

        @TransformerSettings.Function HiddenActivation activation,

        @TransformerSettings.Norm NormPlace norm,

        @TransformerSettings.Dropped float dropout,

        @Doc("Whether a step sees only itself and those before it.") @Default("true")
        boolean causal)
        implements LayerSpec {
    public TransformerDecoder {
        Transformer.check(layers, heads, feedForward, dropout);
    }

    /** With ReLU, normalised before, without dropout. */
    public TransformerDecoder(int layers, int heads, int feedForward) {
        this(layers, heads, feedForward, HiddenActivation.RELU, NormPlace.PRE, 0, true);
    }

    @Override
    public Declared declare(Site site) {
        return new Transformer(layers, heads, feedForward, activation, norm, dropout, causal).declare(site, true);
    }
}
