package io.gradstream.model.layers;

/** A layer that is one piece over its first input. */
final class PieceLayer implements Layer {
    private final Piece piece;
    private final Input in;
    private final Value out;
    private final float[] change;

    PieceLayer(Piece piece, Room room) {
        this.piece = piece;
        this.in = room.inputs().get(0);
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
        boolean straight = in.wantsGradient() && in.first();
        piece.backward(pass, in.data(), out.gradient(), straight ? in.rawGradient() : change);
        if (!straight) {
            in.addGradient(change, pass.batch());
        }
    }
}
