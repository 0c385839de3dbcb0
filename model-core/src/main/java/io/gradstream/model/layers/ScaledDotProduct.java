package io.gradstream.model.layers;

import io.gradstream.model.kernels.ActivationKernels;
import io.gradstream.model.kernels.Kernels;
import java.util.Arrays;

/**
 * softmax(Q Kᵀ / √d) V, head by head (Vaswani et al. 2017, equation 1), over blocks of queries, whose scores stay in a second-level cache.
 * Only keys within a row's length take part, and, if causal, none behind a query's own step; queries behind their row's length, and
 * those of rows without keys, give 0. While it learns, it may drop some of what softmax gave, as PyTorch does: values see the rest, larger by
 * 1 / (1 - dropout).
 */
final class ScaledDotProduct {
    private static final int BLOCK = 64;

    private final int heads;
    private final int width;
    private final int queries;
    private final int keys;
    private final boolean causal;
    private final float scale;
    private final boolean learns;
    /** The softmax of every row and head, (rows, heads, queries, keys), or of one block where nothing is learned. */
    private final float[] scores;

    private final float[] dScores;
    /** What of the softmax is dropped; null where nothing ever is. */
    private final Mask mask;
    /** One block of what is left of the softmax. */
    private final float[] left;

    /**
     * Vectors of a projection, of which those of a head are some columns.
     *
     * @param data the projection's output
     * @param gradient of it; null where nothing is learned
     * @param at its first column
     * @param ld columns from one vector to the next
     */
    record Operand(float[] data, float[] gradient, int at, int ld) {
        Operand column(int column) {
            return new Operand(data, gradient, at + column, ld);
        }
    }

    /**
     * What is set of an attention.
     *
     * @param heads must divide the width
     * @param causal whether a step sees only itself and those before it
     * @param dropout probability that a weight of the softmax is dropped while learning
     * @param purpose of the random numbers that decide on it
     */
    record Settings(int heads, boolean causal, float dropout, String purpose) {}

    ScaledDotProduct(Settings settings, int width, int queries, int keys, Room room) {
        this.heads = settings.heads;
        this.width = width;
        this.queries = queries;
        this.keys = keys;
        this.causal = settings.causal;
        this.scale = (float) (1 / Math.sqrt((double) width / heads));
        this.learns = room.learns();
        long block = (long) Math.min(BLOCK, queries) * keys;
        long all = Math.multiplyExact((long) heads * queries, keys);
        this.scores = learns ? room.perRow(all) : room.floats(block);
        this.dScores = learns ? room.floats(block) : null;
        boolean drops = settings.dropout > 0;
        this.mask = drops ? new Mask(1 - settings.dropout, all, settings.purpose, room) : null;
        this.left = drops && learns ? room.floats(block) : null;
    }

    /** out (rows, queries, width) from q (rows, queries, width), which is scaled, and k and v (rows, keys, width) */
    void forward(Pass pass, Operand q, Operand k, Operand v, float[] out, int[] queryLengths, int[] keyLengths) {
        int rows = pass.batch();
        Arrays.fill(out, 0, rows * queries * width, 0);
        boolean drops = mask != null && pass.learning();
        int depth = width / heads;
        for (int row = 0; row < rows; row++) {
            int some = queryLengths == null ? queries : queryLengths[row];
            int seen = keyLengths == null ? keys : keyLengths[row];
            scaleRows(some, q.data, q.at + row * queries * q.ld, q.ld);
            for (int head = 0; head < heads && seen > 0; head++) {
                for (int from = 0; from < some; from += BLOCK) {
                    int block = Math.min(BLOCK, some - from);
                    int query = q.at + (row * queries + from) * q.ld + head * depth;
                    int key = row * keys * k.ld + head * depth;
                    int at = scoresAt(row, head, from);
                    Kernels.fill(0, scores, at, block * seen);
                    Kernels.multiplyTransposedB(
                            block, seen, depth, q.data, query, q.ld, k.data, k.at + key, k.ld, scores, at, seen);
                    softmax(block, seen, from, at);
                    int value = v.at + row * keys * v.ld + head * depth;
                    int to = (row * queries + from) * width + head * depth;
                    if (drops) {
                        mask.draw(pass, at, block * seen);
                        drop(at, block * seen);
                    }
                    float[] weights = drops ? left : scores;
                    Kernels.multiply(
                            block, depth, seen, weights, drops ? 0 : at, seen, v.data, value, v.ld, out, to, width);
                }
            }
        }
    }

    /** left = mask * softmax, of n elements from {@code at} on */
    private void drop(int at, int n) {
        System.arraycopy(scores, at, left, 0, n);
        mask.multiply(left, 0, at, n);
    }

    private void scaleRows(int count, float[] x, int at, int ld) {
        for (int i = 0; i < count; i++) {
            Kernels.scale(scale, x, at + i * ld, width);
        }
    }

    private int scoresAt(int row, int head, int query) {
        return learns ? ((row * heads + head) * queries + query) * keys : 0;
    }

    private void softmax(int block, int seen, int from, int at) {
        if (!causal) {
            ActivationKernels.softmaxRows(block, seen, scores, at, scores, at);
            return;
        }
        for (int i = 0; i < block; i++) {
            int row = at + i * seen;
            int visible = Math.min(from + i + 1, seen);
            ActivationKernels.softmaxRows(1, visible, scores, row, scores, row);
            Arrays.fill(scores, row + visible, row + seen, 0);
        }
    }

    /** The gradients of q, k and v, whose arrays are overwritten, from dOut (rows, queries, width); k and v share one, or all three do */
    void backward(int rows, Operand q, Operand k, Operand v, float[] dOut, int[] queryLengths, int[] keyLengths) {
        int depth = width / heads;
        Arrays.fill(q.gradient, 0, rows * queries * q.ld, 0);
        if (k.gradient != q.gradient) {
            Arrays.fill(k.gradient, 0, rows * keys * k.ld, 0);
        }
        for (int row = 0; row < rows; row++) {
            int some = queryLengths == null ? queries : queryLengths[row];
            int seen = keyLengths == null ? keys : keyLengths[row];
            for (int head = 0; head < heads && seen > 0; head++) {
                for (int from = 0; from < some; from += BLOCK) {
                    int block = Math.min(BLOCK, some - from);
                    int query = q.at + (row * queries + from) * q.ld + head * depth;
                    int key = k.at + row * keys * k.ld + head * depth;
                    int value = v.at + row * keys * v.ld + head * depth;
                    int of = (row * queries + from) * width + head * depth;
                    blockBackward(block, seen, depth, scoresAt(row, head, from), q, query, k, key, v, value, dOut, of);
                }
            }
            scaleRows(some, q.gradient, q.at + row * queries * q.ld, q.ld);
        }
    }

    /** With P = softmax(S): dV += (mask P)T . dOut; dP = mask (dOut . VT); dS = softmax's; dQ += dS . K; dK += dST . Q */
    private void blockBackward(
            int block,
            int seen,
            int depth,
            int at,
            Operand q,
            int query,
            Operand k,
            int key,
            Operand v,
            int value,
            float[] dOut,
            int of) {
        if (mask != null) {
            drop(at, block * seen);
        }
        float[] weights = mask != null ? left : scores;
        int weightsAt = mask != null ? 0 : at;
        Kernels.multiplyTransposedA(
                seen, depth, block, weights, weightsAt, seen, dOut, of, width, v.gradient, value, v.ld);
        Kernels.fill(0, dScores, 0, block * seen);
        Kernels.multiplyTransposedB(block, seen, depth, dOut, of, width, v.data, value, v.ld, dScores, 0, seen);
        if (mask != null) {
            mask.multiply(dScores, 0, at, block * seen);
        }
        ActivationKernels.softmaxRowsBackward(block, seen, scores, at, dScores, 0, dScores, 0);
        Kernels.multiply(block, depth, seen, dScores, 0, seen, k.data, key, k.ld, q.gradient, query, q.ld);
        Kernels.multiplyTransposedA(seen, depth, block, dScores, 0, seen, q.data, query, q.ld, k.gradient, key, k.ld);
    }
}
