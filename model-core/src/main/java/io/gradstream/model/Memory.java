package io.gradstream.model;

import io.gradstream.model.guard.GuardMemory;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.optimizers.Optimizer;
import io.gradstream.model.parameters.SparseTable;
import io.gradstream.model.parameters.Table;

/**
 * What a learner of a spec needs, in bytes, known before anything is allocated.
 *
 * @param parameters dense parameters, and statistics
 * @param optimizer the dense parameters' slots
 * @param gradients the dense parameters' gradients
 * @param buffers values, their gradients, scratch and loss for the largest batch, and the rows of a mini-batch
 * @param sparseAtMost sparse tables with their slots, and what steps them, if every row were touched; they grow as rows are touched
 * @param snapshot a snapshot, header included, as long as no row of a sparse table was touched: at most so much, with nothing in
 *     {@link SnapshotInfo#about}
 * @param snapshotAtMost the same if every row were touched; none can be made of more than {@link
 *     io.gradstream.model.snapshots.SafetensorsSize#LARGEST}
 * @param guard beside all this, what a {@link io.gradstream.model.guard.Guard} keeps; a checkpoint holds that too
 * @param guardAtMost the same if every row of a sparse table was changed since the last good version
 */
public record Memory(
        long parameters,
        long optimizer,
        long gradients,
        long buffers,
        long sparseAtMost,
        long snapshot,
        long snapshotAtMost,
        long guard,
        long guardAtMost) {
    /**
     * What a learner of this spec needs.
     *
     * @throws io.gradstream.model.layers.ShapeException if the layers do not fit
     */
    public static Memory of(ModelSpec spec) {
        Compiled compiled = Compiled.of(spec);
        return of(compiled, dryPlan(compiled));
    }

    /** Counts the buffers of a plan for learning, and makes none. */
    static Allocator dryPlan(Compiled compiled) {
        Allocator allocator = new Allocator(compiled.spec().seed(), Learner.capacity(compiled.spec()), true, true);
        new Plan(compiled.blueprint(), allocator);
        return allocator;
    }

    static Memory of(Compiled compiled, Allocator allocator) {
        ModelSpec spec = compiled.spec();
        int slots = spec.optimizer().slotNames().size();
        long floats = (long) compiled.layout().floats() * Float.BYTES;
        long sparse = Optimizer.mostSparseBytes(compiled.layout().tables(), slots);
        for (Table table : compiled.layout().tables()) {
            long more = SparseTable.mostBytes(table, slots);
            sparse = sparse > Long.MAX_VALUE - more ? Long.MAX_VALUE : sparse + more;
        }
        long guard = GuardMemory.fixedBytes(spec, compiled.layout(), compiled.outputs());
        return new Memory(
                floats + (long) compiled.layout().doubles() * Double.BYTES,
                floats * slots,
                floats,
                allocator.bytes() + rows(spec) + step(compiled),
                sparse,
                SnapshotSize.untouched(compiled),
                SnapshotSize.atMost(compiled),
                guard,
                guard + GuardMemory.sparseAtMost(spec, compiled.layout()));
    }

    /** What the loss keeps, and the statistics before a step, which come back if it is skipped. */
    private static long step(Compiled compiled) {
        ModelSpec spec = compiled.spec();
        return spec.loss().floats(spec.batchSize(), compiled.outputs()) * Float.BYTES
                + (long) compiled.layout().doubles() * Double.BYTES;
    }

    /** Of the mini-batch, and what each slot of a row may be. */
    private static long rows(ModelSpec spec) {
        InputLayout layout = spec.layout();
        long widest = Math.max(layout.numbers(), layout.ids());
        if (spec.batchSize() * widest > Allocator.MOST) {
            throw new ShapeException("batch-size must be at most " + Allocator.MOST / widest + " with rows of "
                    + layout.numbers() + " numbers and " + layout.ids() + " ids, was " + spec.batchSize());
        }
        return spec.batchSize() * 4L * ((long) layout.numbers() + layout.ids() + 2)
                + layout.numbers()
                + (long) layout.ids() * Integer.BYTES;
    }

    /** All but the sparse tables. */
    public long fixed() {
        return parameters + optimizer + gradients + buffers;
    }
}
