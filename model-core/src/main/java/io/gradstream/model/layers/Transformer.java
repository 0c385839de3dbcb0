package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks of attention to itself, attention to a memory if there is one, and a feed-forward network, each a {@link Residual}. Parameters are
 * called as those of PyTorch's TransformerEncoder and TransformerDecoder.
 *
 * @param layers how many blocks
 * @param heads of each attention
 * @param feedForward width between the two linear layers
 * @param activation between them
 * @param norm where vectors are normalised
 * @param dropout of attention's weights, of what each residual adds, and between the two linear layers
 * @param causal whether a step sees only itself and those before it
 */
record Transformer(
        int layers,
        int heads,
        int feedForward,
        HiddenActivation activation,
        NormPlace norm,
        float dropout,
        boolean causal) {
    /** What the settings of every kind of blocks keep to. */
    static void check(int layers, int heads, int feedForward, float dropout) {
        Rules.layers(layers);
        Rules.atLeastOne("heads", heads);
        Rules.atLeastOne("feed-forward", feedForward);
        Rules.dropout("dropout", dropout);
    }

    /** What one block keeps; {@code crossing} is null where there is no memory. */
    private record Block(
            MultiHead.Parameters attention,
            MultiHead.Parameters crossing,
            FeedForward.Parameters network,
            List<Norm.Parameters> norms) {
        static Block declare(Site site, int i, int width, int hidden, boolean memory) {
            String prefix = "layers." + i + ".";
            MultiHead.Parameters attention = MultiHead.Parameters.declare(site, prefix + "self_attn.", width);
            MultiHead.Parameters crossing =
                    memory ? MultiHead.Parameters.declare(site, prefix + "multihead_attn.", width) : null;
            FeedForward.Parameters network = FeedForward.Parameters.declare(site, prefix, width, hidden);
            List<Norm.Parameters> norms = new ArrayList<>();
            for (int norm = 1; norm <= (memory ? 3 : 2); norm++) {
                norms.add(Norm.Parameters.declare(site, prefix + "norm" + norm + ".", width));
            }
            return new Block(attention, crossing, network, norms);
        }
    }

    /** Over one input, or over a target and its memory. */
    Declared declare(Site site, boolean memory) {
        int width = Sequences.width(site, memory ? 2 : 1);
        Sequences.checkHeads(site, heads, width);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            blocks.add(Block.declare(site, i, width, feedForward, memory));
        }
        return site.outputWithSteps(site.numbers(0).shape(), room -> new PieceLayer(chain(blocks, room), room));
    }

    private Piece chain(List<Block> blocks, Room room) {
        Input target = room.inputs().get(0);
        Input memory = room.inputs().size() == 2 ? room.inputs().get(1) : null;
        Shape shape = target.shape();
        Residual.Work work = Residual.Work.of(shape.size(), room);
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            List<Piece> parts = new ArrayList<>();
            parts.add(new MultiHead(block.attention, attention(causal, "self " + i), target, null, room));
            if (memory != null) {
                parts.add(new MultiHead(block.crossing, attention(false, "memory " + i), target, memory, room));
            }
            Mask inside = mask((long) shape.vectors() * feedForward, "hidden " + i, room);
            parts.add(new FeedForward(block.network, activation, shape.vectors(), inside, room));
            for (int part = 0; part < parts.size(); part++) {
                Norm of = new Norm(block.norms.get(part), shape.vectors(), room);
                Mask outside = mask(shape.size(), "residual " + i + "." + part, room);
                boolean before = norm == NormPlace.PRE;
                pieces.add(new Residual(parts.get(part), of, before, outside, shape.size(), work, room));
            }
        }
        return new Chain(pieces, shape.size(), room);
    }

    private ScaledDotProduct.Settings attention(boolean causal, String purpose) {
        return new ScaledDotProduct.Settings(heads, causal, dropout, purpose);
    }

    private Mask mask(long size, String purpose, Room room) {
        return dropout == 0 ? null : new Mask(1 - dropout, size, purpose, room);
    }
}
