package io.gradstream.model;

import io.gradstream.model.layers.Declared;
import io.gradstream.model.layers.LayerSpec;
import io.gradstream.model.layers.ShapeException;
import io.gradstream.model.layers.Signal;
import io.gradstream.model.layers.Site;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A checked spec: every shape, parameter and edge is known, and nothing is allocated yet. Immutable. */
final class Blueprint {
    private final int inputs;
    private final ParameterLayout layout;
    private final List<Signal> signals = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    /** Of each parameter, table and statistic: the layer that has it. */
    private final Map<String, Integer> owners = new LinkedHashMap<>();

    /**
     * A layer in its place.
     *
     * @param place what a message calls it
     * @param layer its settings
     * @param declared what it said it would be
     * @param reads the signals it reads: indices, the inputs first, then the layers
     * @param parameters how many dense parameters it has
     * @param sparse how many parameters its sparse tables have, touched or not
     */
    record Node(String place, LayerSpec layer, Declared declared, int[] reads, long parameters, long sparse) {
        Node reading(int[] others, Declared otherwise) {
            return new Node(place, layer, otherwise, others, parameters, sparse);
        }
    }

    /** Layers over any signals, without a word on what they are for. */
    Blueprint(List<Signal> inputs, List<NodeSpec> layers) {
        this.inputs = inputs.size();
        this.layout = new ParameterLayout();
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            name(byName, inputs.get(i).name(), "inputs[" + i + "]");
            signals.add(inputs.get(i));
        }
        for (int i = 0; i < layers.size(); i++) {
            NodeSpec node = layers.get(i);
            int[] reads = reads(i, node, byName);
            name(byName, node.name(), "layers[" + i + "]");
            add(i, node, reads);
        }
        checkAllRead();
    }

    private Blueprint(Blueprint other) {
        this.inputs = other.inputs;
        this.layout = other.layout;
        signals.addAll(other.signals);
        nodes.addAll(other.nodes);
        owners.putAll(other.owners);
    }

    /** The same, in the order in which it is fastest to compute. */
    Blueprint arranged() {
        Blueprint arranged = new Blueprint(this);
        MaximaFirst.arrange(inputs, arranged.signals, arranged.nodes, readers());
        return arranged;
    }

    /** A whole model: its last layer must fit the task. */
    static Blueprint of(ModelSpec spec) {
        checkRows(spec.inputs());
        Blueprint blueprint =
                new Blueprint(spec.inputs().stream().map(InputSpec::signal).toList(), spec.layers());
        blueprint.checkTensors(spec.optimizer().slotNames());
        blueprint.checkOutput(spec.task());
        blueprint.checkBatch(spec);
        spec.loss().check(blueprint.outputs());
        return blueprint;
    }

    /** A row's floats, and its ids, must each fit an array. */
    private static void checkRows(List<InputSpec> inputs) {
        long numbers = 0;
        long ids = 0;
        for (int i = 0; i < inputs.size(); i++) {
            numbers += inputs.get(i).numbers();
            ids += inputs.get(i).ids();
            if (Math.max(numbers, ids) > Allocator.MOST) {
                throw new ShapeException(inputPlace(i, inputs.get(i).name())
                        + ": wanted at most 2^31 - 9 numbers, and as many ids, in a row of all inputs, came " + numbers
                        + " and " + ids);
            }
        }
    }

    /** What a message calls an input. */
    static String inputPlace(int index, String name) {
        return "inputs[" + index + "] '" + name + "'";
    }

    private void name(Map<String, Integer> byName, String name, String what) {
        Integer earlier = byName.putIfAbsent(name, byName.size());
        if (earlier != null) {
            throw new ShapeException(
                    what + " '" + name + "': wanted a name of its own, came that of " + index(earlier));
        }
    }

    /** What a message calls an input or layer, without its name. */
    private String index(int signal) {
        return signal < inputs ? "inputs[" + signal + "]" : "layers[" + (signal - inputs) + "]";
    }

    private int[] reads(int index, NodeSpec node, Map<String, Integer> byName) {
        if (node.inputs().isEmpty()) {
            if (index == 0 && inputs > 1) {
                throw new ShapeException("layers[0] '" + node.name() + "': wanted inputs, by name, since the model has "
                        + inputs + ": " + byName.keySet());
            }
            return new int[] {byName.size() - 1};
        }
        int[] reads = new int[node.inputs().size()];
        for (int i = 0; i < reads.length; i++) {
            String name = node.inputs().get(i);
            Integer signal = byName.get(name);
            if (signal == null) {
                throw new ShapeException("layers[" + index + "] '" + node.name()
                        + "': wanted inputs among those before it, " + byName.keySet() + ", came '" + name + "'");
            }
            reads[i] = signal;
        }
        return reads;
    }

    private void add(int index, NodeSpec node, int[] reads) {
        List<Signal> inputs = new ArrayList<>();
        boolean trained = false;
        for (int read : reads) {
            inputs.add(signals.get(read));
            trained |= signals.get(read).trained();
        }
        long before = layout.parameterCount();
        long sparseBefore = layout.tableSize();
        String place =
                "layers[" + index + "] '" + node.name() + "' (" + node.layer().kind() + ")";
        Declared declared;
        try {
            declared = node.layer()
                    .declare(new Site(node.name(), index, node.layer().kind(), inputs, layout));
        } catch (ArithmeticException e) {
            throw new ShapeException(place + ": wanted at most 2^31 - 1 floats in one piece, came more");
        } catch (ShapeException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new ShapeException(place + ": " + e.getMessage());
        }
        for (String tensor :
                layout.names().subList(owners.size(), layout.names().size())) {
            owners.put(tensor, index);
        }
        long parameters = layout.parameterCount() - before;
        nodes.add(new Node(place, node.layer(), declared, reads, parameters, layout.tableSize() - sparseBefore));
        signals.add(new Signal(
                node.name(),
                declared.shape(),
                List.of(),
                declared.mayMiss(),
                trained || declared.parameters(),
                declared.steps()));
    }

    private void checkAllRead() {
        int[] readers = readers();
        for (int i = 0; i < signals.size() - 1; i++) {
            if (readers[i] == 0) {
                throw new ShapeException(
                        index(i) + " '" + signals.get(i).name() + "': wanted a layer that reads it, came none");
            }
        }
    }

    /** No tensor of a layer may have the name of another that a snapshot holds. */
    private void checkTensors(List<String> slots) {
        Set<String> others = SnapshotFormat.names(layout, slots);
        owners.forEach((tensor, layer) -> {
            if (others.contains(tensor)) {
                throw new ShapeException(nodes.get(layer).place
                        + ": wanted names of its own for what it keeps, came '" + tensor
                        + "', which a snapshot has for something else; rename the layer");
            }
        });
    }

    private void checkOutput(Task task) {
        Signal last = signals.get(signals.size() - 1);
        int index = nodes.size() - 1;
        boolean classes = task == Task.MULTICLASS;
        boolean fits = last.shape().rank() == 1
                && (classes ? last.shape().size() > 1 : last.shape().size() == 1);
        if (!fits) {
            throw new ShapeException("layers[" + index + "] '" + last.name() + "': as the last layer of a "
                    + task.name().toLowerCase(java.util.Locale.ROOT) + " model wanted "
                    + (classes ? "one output a class, 2 or more" : "one output, (1)") + ", came " + last.shape());
        }
        if (!last.trained()) {
            throw new ShapeException("layers[" + index + "] '" + last.name()
                    + "': wanted at least one layer with parameters, came none");
        }
    }

    private void checkBatch(ModelSpec spec) {
        for (int i = 0; i < nodes.size(); i++) {
            Signal in = signals.get(nodes.get(i).reads[0]);
            int fewest = spec.layers().get(i).layer().fewestVectors();
            if ((long) spec.batchSize() * in.shape().vectors() < fewest) {
                throw new ShapeException(nodes.get(i).place + ": wanted mini-batches of at least " + fewest
                        + " vectors, since one alone has no variance, came batch-size " + spec.batchSize()
                        + " and rows of " + in.text());
            }
        }
    }

    /** How many edges read each signal. */
    int[] readers() {
        int[] readers = new int[signals.size()];
        for (Node node : nodes) {
            for (int read : node.reads) {
                readers[read]++;
            }
        }
        return readers;
    }

    /** How many dense parameters the layer has that a message calls so; none if it is an input. */
    long parametersAt(String place) {
        return nodes.stream()
                .filter(node -> node.place.equals(place))
                .mapToLong(Node::parameters)
                .sum();
    }

    /** How many of the signals are inputs. */
    int inputs() {
        return inputs;
    }

    /** The index of the layer that has each parameter, table and statistic, by its name. */
    Map<String, Integer> owners() {
        return owners;
    }

    ParameterLayout layout() {
        return layout;
    }

    /** The inputs' signals, then the layers'. */
    List<Signal> signals() {
        return signals;
    }

    List<Node> nodes() {
        return nodes;
    }

    Shape output() {
        return signals.get(signals.size() - 1).shape();
    }

    int outputs() {
        return output().size();
    }
}
