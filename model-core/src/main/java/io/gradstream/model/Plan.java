package io.gradstream.model;

import io.gradstream.model.layers.Declared;
import io.gradstream.model.layers.Input;
import io.gradstream.model.layers.Layer;
import io.gradstream.model.layers.Pass;
import io.gradstream.model.layers.Room;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.layers.Value;
import io.gradstream.model.parameters.SparseGradient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A blueprint made into fixed lists of forward and backward steps over buffers for a largest batch. Nothing is allocated after it is
 * made.
 *
 * <p>A value that several layers read has its gradient summed: the reader that comes first in the backward pass starts it. An
 * element-wise layer works in place where it is the only reader and its predecessor does not need the value again. Nothing is
 * computed for values whose gradient leads to no parameter.
 */
final class Plan {
    private final int capacity;
    private final List<Value> inputs;
    /** The inputs over whose data a layer writes. */
    private final Set<Value> written = new HashSet<>();

    private final Layer[] forward;
    private final Layer[] backward;
    private final Value output;
    private final List<SparseGradient> sparseGradients;

    Plan(Blueprint of, Allocator allocator) {
        Blueprint blueprint = of.arranged();
        this.capacity = allocator.capacity();
        this.inputs = inputs(blueprint, allocator);
        List<Value> values = new ArrayList<>(inputs);
        int count = blueprint.nodes().size();
        boolean[][] first = firstInBackward(blueprint);
        int[] readers = blueprint.readers();
        this.forward = new Layer[count];
        List<Layer> withGradient = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Blueprint.Node node = blueprint.nodes().get(i);
            allocator.at(node.place());
            boolean inPlace = inPlace(blueprint, node, readers, allocator.learns());
            Signal signal = blueprint.signals().get(blueprint.inputs() + i);
            Value out = output(node, signal, inPlace, values, allocator);
            List<Input> edges = new ArrayList<>();
            for (int e = 0; e < node.reads().length; e++) {
                int read = node.reads()[e];
                if (inPlace && read < inputs.size()) {
                    written.add(values.get(read));
                }
                edges.add(new Input(blueprint.signals().get(read), values.get(read), first[i][e], inPlace));
            }
            forward[i] = make(node, allocator, allocator.room(signal.name(), edges, out));
            values.add(out);
            if (out.gradient() != null) {
                withGradient.add(0, forward[i]);
            }
        }
        this.backward = withGradient.toArray(Layer[]::new);
        this.output = values.get(values.size() - 1);
        this.sparseGradients = allocator.sparseGradients();
    }

    private static Layer make(Blueprint.Node node, Allocator allocator, Room room) {
        try {
            return node.declared().factory().make(room);
        } catch (ArithmeticException e) {
            throw allocator.tooLarge("more");
        }
    }

    private static List<Value> inputs(Blueprint blueprint, Allocator allocator) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < blueprint.inputs(); i++) {
            Signal signal = blueprint.signals().get(i);
            allocator.at(Blueprint.inputPlace(i, signal.name()));
            int size = signal.shape().size();
            boolean wanted = allocator.learns() && signal.trained();
            values.add(new Value(
                    allocator.perRow(signal.isIds() ? 0 : size),
                    wanted ? allocator.perRow(size) : null,
                    allocator.ints(signal.isIds() ? (long) size * allocator.capacity() : 0),
                    signal.steps() ? allocator.ints(allocator.capacity()) : null));
        }
        return values;
    }

    /** For each edge of each layer: whether it is the first to add to its signal's gradient, layers taken from the last. */
    private static boolean[][] firstInBackward(Blueprint blueprint) {
        boolean[] started = new boolean[blueprint.signals().size()];
        boolean[][] first = new boolean[blueprint.nodes().size()][];
        for (int i = first.length - 1; i >= 0; i--) {
            int[] reads = blueprint.nodes().get(i).reads();
            first[i] = new boolean[reads.length];
            for (int e = 0; e < reads.length; e++) {
                first[i][e] = !started[reads[e]];
                started[reads[e]] = true;
            }
        }
        return first;
    }

    private static boolean inPlace(Blueprint blueprint, Blueprint.Node node, int[] readers, boolean learns) {
        Declared declared = node.declared();
        int read = node.reads()[0];
        if (!declared.inPlace() || readers[read] != 1 || node.reads().length != 1) {
            return false;
        }
        int producer = read - blueprint.inputs();
        return !learns
                || producer < 0
                || !blueprint.nodes().get(producer).declared().readsOutput();
    }

    private static Value output(
            Blueprint.Node node, Signal signal, boolean inPlace, List<Value> values, Allocator allocator) {
        Value in = values.get(node.reads()[0]);
        int[] lengths = signal.steps()
                ? node.declared().ownLengths() ? allocator.ints(allocator.capacity()) : in.lengths()
                : null;
        boolean wanted = allocator.learns() && signal.trained();
        if (inPlace) {
            return new Value(in.data(), wanted ? in.gradient() : null, in.ids(), lengths);
        }
        int size = signal.shape().size();
        return new Value(allocator.perRow(size), wanted ? allocator.perRow(size) : null, allocator.ints(0), lengths);
    }

    /** Rows of the largest batch. */
    int capacity() {
        return capacity;
    }

    /** An input's value, to be filled before a forward pass. */
    Value input(int i) {
        return inputs.get(i);
    }

    /** Whether the data of an input's value may be {@link Value#borrow borrowed}: nothing is written to them, not even over padding. */
    boolean onlyReads(int i) {
        return !written.contains(inputs.get(i)) && inputs.get(i).lengths() == null;
    }

    void forward(Pass pass) {
        for (Layer layer : forward) {
            layer.forward(pass);
        }
    }

    /** From the gradient of the {@link #output}. */
    void backward(Pass pass) {
        for (int i = 0; i < sparseGradients.size(); i++) {
            sparseGradients.get(i).clear();
        }
        for (Layer layer : backward) {
            layer.backward(pass);
        }
    }

    /** The logits, (capacity, outputs). */
    Value output() {
        return output;
    }

    /** The gradients of the tables after a backward pass; a table may have several. */
    List<SparseGradient> sparseGradients() {
        return sparseGradients;
    }
}
