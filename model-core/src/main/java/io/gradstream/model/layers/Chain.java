package io.gradstream.model.layers;

import java.util.List;

/** Pieces one after the other, over values of one size. */
final class Chain implements Piece {
    private final List<Piece> pieces;
    private final float[][] between;
    private final float[][] gradients;

    Chain(List<Piece> pieces, long perRow, Room room) {
        this.pieces = List.copyOf(pieces);
        this.between = new float[pieces.size() - 1][];
        for (int i = 0; i < between.length; i++) {
            between[i] = room.perRow(perRow);
        }
        // Each piece reads one of the two and writes the other.
        this.gradients = new float[2][];
        for (int i = 0; i < gradients.length && room.learns(); i++) {
            gradients[i] = room.perRow(perRow);
        }
    }

    private float[] valueBefore(int i, float[] x) {
        return i == 0 ? x : between[i - 1];
    }

    @Override
    public void forward(Pass pass, float[] x, float[] y) {
        for (int i = 0; i < pieces.size(); i++) {
            float[] to = i == pieces.size() - 1 ? y : between[i];
            pieces.get(i).forward(pass, valueBefore(i, x), to);
        }
    }

    @Override
    public void backward(Pass pass, float[] x, float[] dy, float[] dx) {
        float[] gradient = dy;
        for (int i = pieces.size() - 1; i >= 0; i--) {
            float[] to = i == 0 ? dx : gradients[i & 1];
            pieces.get(i).backward(pass, valueBefore(i, x), gradient, to);
            gradient = to;
        }
    }
}
