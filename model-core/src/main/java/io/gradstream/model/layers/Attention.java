package io.gradstream.model.layers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Optional;

/**
 * Multi-head attention (Vaswani et al. 2017): of its input to itself, or, with two inputs, of the first to the second. Each of {@code heads}
 * parts of the width has its softmax(Q Kᵀ / √d) V; one linear layer follows. Steps behind a row's length are never looked at. A row that
 * has nothing to look at gives 0.
 *
 * @param heads must divide the width
 * @param causal whether a step sees only itself and those before it
 * @param dropout probability that a weight of the softmax is 0 while learning; without it 0, which is the same
 */
@Kind("attention")
@Doc("Multi-head attention of a sequence to itself, or to a second one.")
public record Attention(
        @Doc("How many heads; they must divide the width.") int heads,

        @Doc("Whether a step sees only itself and those before it.") @Default("false")
        boolean causal,

        @Doc("Probability that a weight of the softmax is 0 while learning, at least 0 and below 1; without it 0.")
        Optional<Float> dropout)
        implements LayerSpec {
    public Attention {
        Rules.atLeastOne("heads", heads);
        dropout.ifPresent(rate -> Rules.dropout("dropout", rate));
        dropout = dropout.filter(rate -> rate > 0);
    }

    /** Without dropout. */
    public Attention(int heads, boolean causal) {
        this(heads, causal, Optional.empty());
    }

    /** In which all steps see all. */
    public Attention(int heads) {
        this(heads, false);
    }

    @Override
    public Declared declare(Site site) {
        boolean self = site.inputs().size() == 1;
        int width = Sequences.width(site, self ? 1 : 2);
        Sequences.checkHeads(site, heads, width);
        if (causal && !self) {
            throw site.wrong("one input, since it is causal", "2 inputs");
        }
        MultiHead.Parameters parameters = MultiHead.Parameters.declare(site, "", width);
        ScaledDotProduct.Settings settings =
                new ScaledDotProduct.Settings(heads, causal, dropout.orElse(0f), "attention");
        return site.outputWithSteps(site.numbers(0).shape(), room -> {
            Input memory = self ? null : room.inputs().get(1);
            return new PieceLayer(
                    new MultiHead(parameters, settings, room.inputs().get(0), memory, room), room);
        });
    }
}
