package io.gradstream.model;

import io.gradstream.model.parameters.Table;

/**
 * What a learner of a spec needs, in bytes, known before anything is allocated.
 *
 * @param parameters dense parameters, and statistics
 * @param optimizer the dense parameters' slots
 * @param gradients the dense parameters' gradients
 * @param buffers values, their gradients and scratch for the largest batch, and the rows of a mini-batch
 * @param sparseAtMost sparse tables with their slots, if every row were touched; they grow as rows are touched
 */
public record Memory(long parameters, long optimizer, long gradients, long buffers, long sparseAtMost) {
    /**
     * What a learner of this spec needs.
     *
     * @throws io.gradstream.model.layers.ShapeException if the layers do not fit
     */
    public static Memory of(ModelSpec spec) {
        Compiled compiled = Compiled.of(spec);
        int slots = spec.optimizer().slotNames().size();
        Allocator allocator = new Allocator(spec.seed(), Learner.capacity(spec), true, true);
        new Plan(compiled.blueprint(), allocator);
        long floats = (long) compiled.layout().floats() * Float.BYTES;
        long rows = (long) spec.batchSize()
                * 4
                * ((long) spec.layout().numbers() + spec.layout().ids() + 2);
        long sparse = 0;
        for (Table table : compiled.layout().tables()) {
            sparse += (long) table.rows() * (2 * Integer.BYTES + (long) table.width() * Float.BYTES * (1 + slots));
        }
        return new Memory(
                floats + (long) compiled.layout().doubles() * Double.BYTES,
                floats * slots,
                floats,
                allocator.bytes() + rows,
                sparse);
    }

    /** All but the sparse tables. */
    public long fixed() {
        return parameters + optimizer + gradients + buffers;
    }
}
