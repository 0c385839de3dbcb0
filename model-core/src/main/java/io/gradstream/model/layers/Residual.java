package io.gradstream.model.layers;

import io.gradstream.model.kernels.Kernels;

/**
 * What a piece gives, added to what it reads, and normalised: y = norm(x + drop(piece(x))) as in Vaswani et al. 2017, or, normalised before,
 * y = x + drop(piece(norm(x))) (Xiong et al. 2020), which learns without warm-up.
 */
final class Residual implements Piece {
    private final Piece piece;
    private final Norm norm;
    private final boolean before;
    private final Mask mask;
    private final int perRow;
    /** norm(x), or the sum before it is normalised. */
    private final float[] middle;

    private final float[] change;
    private final float[] dMiddle;

    /**
     * Two arrays as large as x and y, which residuals that run one after the other share.
     *
     * @param change of what the piece gave
     * @param dMiddle gradient between piece and norm
     */
    record Work(float[] change, float[] dMiddle) {
        static Work of(long perRow, Room room) {
            return room.learns() ? new Work(room.perRow(perRow), room.perRow(perRow)) : new Work(null, null);
        }
    }

    Residual(Piece piece, Norm norm, boolean before, Mask mask, int perRow, Work work, Room room) {
        this.piece = piece;
        this.norm = norm;
        this.before = before;
        this.mask = mask;
        this.perRow = perRow;
        this.middle = room.perRow(perRow);
        this.change = work.change;
        this.dMiddle = work.dMiddle;
    }

    @Override
    public void forward(Pass pass, float[] x, float[] y) {
        int n = pass.batch() * perRow;
        if (before) {
            norm.forward(pass, x, middle);
            piece.forward(pass, middle, y);
            addDropped(pass, x, y, n);
        } else {
            piece.forward(pass, x, middle);
            addDropped(pass, x, middle, n);
            norm.forward(pass, middle, y);
        }
    }

    private void addDropped(Pass pass, float[] x, float[] y, int n) {
        if (mask != null) {
            mask.drop(pass, y, n);
        }
        Kernels.add(x, 0, y, 0, n);
    }

    @Override
    public void backward(Pass pass, float[] x, float[] dy, float[] dx) {
        int n = pass.batch() * perRow;
        if (before) {
            dropped(dy, n);
            piece.backward(pass, middle, change, dMiddle);
            norm.backward(pass, x, dMiddle, dx);
            Kernels.add(dy, 0, dx, 0, n);
        } else {
            norm.backward(pass, middle, dy, dMiddle);
            dropped(dMiddle, n);
            piece.backward(pass, x, change, dx);
            Kernels.add(dMiddle, 0, dx, 0, n);
        }
    }

    private void dropped(float[] dSum, int n) {
        System.arraycopy(dSum, 0, change, 0, n);
        if (mask != null) {
            mask.dropGradient(change, n);
        }
    }
}
