package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.PyTorchLayout;
import java.util.Arrays;

/**
 * Multi-head attention (Vaswani et al. 2017, section 3.2.2), of a sequence to itself or to another one, its memory. Steps behind the
 * query's length, and all steps of a row whose memory is empty, give 0 and have no gradient.
 *
 * <p>The bias of the keys adds the same to all scores of a query, so softmax does not see it and its gradient is 0. It is not computed: what
 * rounding makes of that 0, an optimizer that divides by the gradient's size would turn into steps.
 */
final class MultiHead implements Piece {
    private final int queries;
    private final int width;
    private final boolean self;
    /** What queries are taken from: all three of q, k, v where it is its own memory. */
    private final Projection query;
    /** k and v of the memory; null where it is its own. */
    private final Projection memory;

    private final Projection out;
    private final ScaledDotProduct product;
    private final ScaledDotProduct.Operand q;
    private final ScaledDotProduct.Operand k;
    private final ScaledDotProduct.Operand v;
    private final float[] context;
    private final float[] dContext;
    private final int[] queryLengths;
    private final int[] keyLengths;
    private final Input from;

    /** Called and laid out as PyTorch does, transposed: the columns of q, k and v one after the other. */
    record Parameters(Parameter weight, Parameter bias, Parameter outWeight, Parameter outBias) {
        static Parameters declare(Site site, String prefix, int width) {
            int three = Math.multiplyExact(3, width);
            return new Parameters(
                    site.parameter(
                            prefix + "in_proj_weight",
                            PyTorchLayout.TRANSPOSED,
                            Init.XAVIER_UNIFORM.filling(width, three),
                            width,
                            three),
                    site.parameter(prefix + "in_proj_bias", Filling.ZEROS, three),
                    site.parameter(
                            prefix + "out_proj.weight",
                            PyTorchLayout.TRANSPOSED,
                            Init.LECUN_UNIFORM.filling(width, width),
                            width,
                            width),
                    site.parameter(prefix + "out_proj.bias", Filling.ZEROS, width));
        }
    }

    /** Attention of {@code target} to {@code from}; to itself where that is null. */
    MultiHead(Parameters parameters, ScaledDotProduct.Settings settings, Input target, Input from, Room room) {
        this.queries = target.shape().dim(0);
        this.width = target.shape().last();
        this.self = from == null;
        this.from = from;
        this.queryLengths = target.lengths();
        this.keyLengths = self ? queryLengths : from.lengths();
        int keys = self ? queries : from.shape().dim(0);
        int weight = parameters.weight.at();
        int bias = parameters.bias.at();
        int three = 3 * width;
        int read = self ? three : width;
        this.query = new Projection(queries, width, read, weight, three, bias);
        this.memory = self ? null : new Projection(keys, width, 2 * width, weight + width, three, bias + width);
        this.out = new Projection(queries, width, width, parameters.outWeight.at(), width, parameters.outBias.at());
        this.product = new ScaledDotProduct(settings, width, queries, keys, room);
        this.q = operand(queries, read, room);
        ScaledDotProduct.Operand ofMemory = self ? q.column(width) : operand(keys, 2 * width, room);
        this.k = ofMemory;
        this.v = ofMemory.column(width);
        this.context = room.perRow((long) queries * width);
        this.dContext = room.learns() ? room.perRow((long) queries * width) : null;
    }

    private static ScaledDotProduct.Operand operand(int vectors, int columns, Room room) {
        long perRow = (long) vectors * columns;
        return new ScaledDotProduct.Operand(
                room.perRow(perRow), room.learns() ? room.perRow(perRow) : null, 0, columns);
    }

    /** y (batch, queries, width) = attention . Wo + bo, with q, k and v projected from x, or from x and the memory */
    @Override
    public void forward(Pass pass, float[] x, float[] y) {
        query.forward(pass, x, q.data());
        if (!self) {
            memory.forward(pass, from.data(), k.data());
        }
        product.forward(pass, q, k, v, context, queryLengths, keyLengths);
        out.forward(pass, context, y);
        clearUnanswered(pass.batch(), y);
    }

    /** dx; and the gradient of the memory, if that is wanted, is added to, which must be prepared */
    @Override
    public void backward(Pass pass, float[] x, float[] dy, float[] dx) {
        clearUnanswered(pass.batch(), dy);
        out.addGradients(pass, context, dy);
        out.inputGradient(pass, dy, dContext);
        product.backward(pass.batch(), q, k, v, dContext, queryLengths, keyLengths);
        query.addWeightGradient(pass, x, q.gradient());
        query.addBiasGradient(pass, q.gradient(), 0, width);
        query.inputGradient(pass, q.gradient(), dx);
        if (self) {
            query.addBiasGradient(pass, q.gradient(), 2 * width, width);
        } else {
            memory.addWeightGradient(pass, from.data(), k.gradient());
            memory.addBiasGradient(pass, k.gradient(), width, width);
            if (from.wantsGradient()) {
                memory.addInputGradient(pass, k.gradient(), from.rawGradient());
            }
        }
    }

    private void clearUnanswered(int batch, float[] y) {
        for (int row = 0; row < batch; row++) {
            int answered = queryLengths == null ? queries : queryLengths[row];
            if (keyLengths != null && keyLengths[row] == 0) {
                answered = 0;
            }
            Arrays.fill(y, (row * queries + answered) * width, (row + 1) * queries * width, 0);
        }
    }
}
