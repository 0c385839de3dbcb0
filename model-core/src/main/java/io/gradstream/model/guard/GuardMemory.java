package io.gradstream.model.guard;

import io.gradstream.model.ModelSpec;
import io.gradstream.model.parameters.ParameterLayout;

/** What a guard takes beside its model. */
public final class GuardMemory {
    private GuardMemory() {}

    /** Bytes that a guard of this model needs from the start. */
    public static long fixedBytes(ModelSpec model, ParameterLayout layout, int outputs) {
        return LastGood.fixedBytes(layout, model.optimizer().slotNames().size())
                + ConstantModel.floats(model.loss(), model.batchSize(), outputs) * Float.BYTES;
    }

    /** Bytes that it comes to need for sparse tables if every row was changed since the last good version. */
    public static long sparseAtMost(ModelSpec model, ParameterLayout layout) {
        return LastGood.sparseAtMost(layout, model.optimizer().slotNames().size());
    }
}
