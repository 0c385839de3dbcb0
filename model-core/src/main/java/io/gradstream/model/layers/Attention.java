package io.gradstream.model.layers;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * Multi-head attention (Vaswani et al. 2017): of its input to itself, or, with two inputs, of the first to the second. Each of {@code heads}
 * parts of the width has its softmax(Q Kᵀ / √d) V; one linear layer follows. Steps behind a row's length are never looked at. A row that
 * has nothing to look at gives 0.
 *
 * @param heads must divide the width
 * @param causal whether a step sees only itself and those before it
 */
@Kind("attention")
@Doc("Multi-head attention of a sequence to itself, or to a second one.")
public record Attention(
        @Doc("How many heads; they must divide the width.") int heads,

        @Doc("Whether a step sees only itself and those before it.") @Default("false")
        boolean causal)
        implements LayerSpec {
    public Attention {
        Rules.atLeastOne("heads", heads);
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
        return site.outputWithSteps(site.numbers(0).shape(), room -> {
            Input memory = self ? null : room.inputs().get(1);
            return new PieceLayer(
                    new MultiHead(parameters, heads, causal, room.inputs().get(0), memory, room), room);
        });
    }
}
