package io.gradstream.model;

import io.gradstream.model.layers.Activation.Relu;
import io.gradstream.model.layers.MaxPool;
import io.gradstream.model.layers.Signal;
import java.util.List;

/**
 * Lets a ReLU that only a {@link MaxPool} reads come after it, on the fewer numbers that are left. The largest of what ReLU leaves is what ReLU
 * leaves of the largest, and a gradient that passes it goes to the same number: where none is positive it is 0 either way. Pooling then reads its
 * output again in the backward pass, but what ReLU wrote over there is of windows whose gradient is 0.
 */
final class MaximaFirst {
    private MaximaFirst() {}

    /** Changes the order, in lists of a blueprint. */
    static void arrange(int inputs, List<Signal> signals, List<Blueprint.Node> nodes, int[] readers) {
        for (int i = 0; i < nodes.size() - 1; i++) {
            Blueprint.Node relu = nodes.get(i);
            Blueprint.Node pool = nodes.get(i + 1);
            int between = inputs + i;
            boolean follows = pool.reads().length == 1 && pool.reads()[0] == between && readers[between] == 1;
            if (follows && relu.layer() instanceof Relu && pool.layer() instanceof MaxPool) {
                nodes.set(i, pool.reading(relu.reads(), pool.declared().notReadingItsOutput()));
                nodes.set(i + 1, relu.reading(pool.reads(), relu.declared()));
                signals.set(between, signals.get(between + 1));
            }
        }
    }
}
