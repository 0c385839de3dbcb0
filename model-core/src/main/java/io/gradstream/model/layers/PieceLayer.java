package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;
import java.util.List;

/** A layer that is one piece over its first input. What other inputs it has, the piece reads, and adds to their gradients. */
final class PieceLayer implements Layer {
    private final Piece piece;
    private final List<Input> inputs;
    private final Input in;
    private final Value out;
    private final float[] change;

    PieceLayer(Piece piece, Room room) {
        this.piece = piece;
        this.inputs = room.inputs();
        this.in = inputs.get(0);
        this.out = room.output();
        this.change = room.learns() ? room.perRow(in.size()) : null;
    }

    /** out = piece(in) */
    @Override
    public void forward(Pass pass) {
        piece.forward(pass, in.data(), out.data());
    }

    /** dIn += the piece's gradient */
    @Override
    public void backward(Pass pass) {
        if (in.wantsGradient() && in.first() && inputs.size() == 1) {
            piece.backward(pass, in.data(), out.gradient(), in.rawGradient());
            return;
        }
        // Prepared in the inputs' order, since one value may be several of them.
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).wantsGradient()) {
                inputs.get(i).gradient(pass.batch());
            }
        }
        piece.backward(pass, in.data(), out.gradient(), change);
        if (in.wantsGradient()) {
            Kernels.add(change, 0, in.rawGradient(), 0, pass.batch() * in.size());
        }
    }
}
