package io.gradstream.model.optimizers;

import io.gradstream.model.kernels.Kernels;
import io.gradstream.model.kernels.OptimizerKernels;
import io.gradstream.model.parameters.SparseGradient;
import io.gradstream.model.parameters.Table;
import io.gradstream.model.parameters.Weights;
import java.util.List;

/** Steps a model's weights: the dense ones in one pass over parallel arrays, of each sparse table the rows that have a gradient. */
public final class Optimizer {
    private static final float LARGEST = 1e15f;

    private final OptimizerSpec spec;
    private final ScheduleSpec schedule;
    private final Clipping clipping;
    private final Regularisation regularisation;
    private final Weights weights;
    private final Rule rule;
    private final float[][] slots;
    private final SparseRows sparseRows;

    /** An optimizer before its first step. */
    public Optimizer(
            OptimizerSpec spec,
            ScheduleSpec schedule,
            Clipping clipping,
            Regularisation regularisation,
            Weights weights) {
        this.spec = spec;
        this.schedule = schedule;
        this.clipping = clipping;
        this.regularisation = regularisation;
        this.weights = weights;
        this.rule = Rule.of(spec);
        int n = weights.dense().length;
        this.slots = new float[spec.slotNames().size()][n];
        this.sparseRows = new SparseRows(weights, slots.length);
        rule.start(weights.dense(), 0, slot(0), slot(1), 0, n);
    }

    /** The most bytes that stepping rows of these tables takes beside the tables. */
    public static long mostSparseBytes(List<Table> tables, int slots) {
        return SparseRows.mostBytes(tables, slots);
    }

    /** Slots of the dense parameters, each parallel to {@link Weights#dense}, in the order of their names. */
    public float[][] slots() {
        return slots;
    }

    /** The names of the slots. */
    public List<String> slotNames() {
        return spec.slotNames();
    }

    /** The squared 2-norm of the whole gradient; not finite if any element is not, or would overflow when squared. */
    public float squaredNorm(float[] gradients, List<SparseGradient> sparse) {
        float sum = Kernels.sumOfSquares(gradients, 0, gradients.length);
        for (int i = 0; i < sparse.size(); i++) {
            SparseGradient rows = sparse.get(i);
            sum += Kernels.sumOfSquares(
                    rows.values(), 0, rows.size() * rows.table().width());
        }
        return sum;
    }

    /**
     * Whether a step may be made with gradients of this {@link #squaredNorm}: not with what is no number, nor, unless it is clipped,
     * with what is so long (above 10^15) that the sums of squares which optimizers keep could overflow, and never come back.
     */
    public boolean accepts(float squaredNorm) {
        boolean clipped = shortens(clipping.norm()) || shortens(clipping.value());
        return Float.isFinite(squaredNorm) && (clipped || squaredNorm <= LARGEST * LARGEST);
    }

    private static boolean shortens(float limit) {
        return limit > 0 && limit <= LARGEST;
    }

    /**
     * Makes step {@code step}, counted from 0. The gradients are clipped in place.
     *
     * @param gradients parallel to {@link Weights#dense}
     * @param sparse gradients of the tables' rows
     */
    public void step(long step, float[] gradients, List<SparseGradient> sparse) {
        clip(gradients, sparse);
        double rate = spec.learningRate() * schedule.factor(step) * rule.rateFactor();
        rule.begin(step, rate, regularisation.l2());
        float threshold = (float) (rate * regularisation.l1());
        float[] dense = weights.dense();
        rule.step(dense, 0, gradients, 0, slot(0), slot(1), 0, dense.length);
        if (threshold > 0) {
            OptimizerKernels.softThreshold(threshold, dense, 0, dense.length);
        }
        for (int i = 0; i < sparse.size(); i++) {
            sparseRows.step(sparse.get(i), rule, threshold);
        }
    }

    /** What the learning rate is multiplied with beside the schedule; 1 unless {@link #multiply} was called. */
    public double factor() {
        return rule.factor();
    }

    /** Goes on with a factor and slots that another optimizer of this spec has come to by {@link #multiply}. */
    public void factor(double factor) {
        rule.factor(factor);
    }

    /**
     * Multiplies the learning rate of all further steps; the weights stay as they are. FTRL's are computed from its slots by its rate, so
     * there the slots are changed instead: as if so much gradient had been seen that each weight's own rate had fallen so far.
     *
     * @param by above 0
     */
    public void multiply(double by) {
        rule.factor(rule.factor() * by);
        rule.slow(by, weights.dense(), 0, slot(0), slot(1), 0, weights.dense().length);
        sparseRows.slow(rule, by);
    }

    private float[] slot(int i) {
        return i < slots.length ? slots[i] : null;
    }

    private void clip(float[] gradients, List<SparseGradient> sparse) {
        if (clipping.value() > 0) {
            Kernels.clamp(-clipping.value(), clipping.value(), gradients, 0, gradients.length);
            for (int i = 0; i < sparse.size(); i++) {
                SparseGradient rows = sparse.get(i);
                int n = rows.size() * rows.table().width();
                Kernels.clamp(-clipping.value(), clipping.value(), rows.values(), 0, n);
            }
        }
        if (clipping.norm() > 0) {
            // The small number and the order are PyTorch's clip_grad_norm_.
            double norm = Math.sqrt(squaredNorm(gradients, sparse));
            double factor = clipping.norm() / (norm + 1e-6);
            if (factor < 1) {
                scale((float) factor, gradients, sparse);
            }
        }
    }

    private static void scale(float factor, float[] gradients, List<SparseGradient> sparse) {
        Kernels.scale(factor, gradients, 0, gradients.length);
        for (int i = 0; i < sparse.size(); i++) {
            SparseGradient rows = sparse.get(i);
            Kernels.scale(factor, rows.values(), 0, rows.size() * rows.table().width());
        }
    }
}
