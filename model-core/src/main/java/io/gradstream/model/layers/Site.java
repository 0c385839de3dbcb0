package io.gradstream.model.layers;

import io.gradstream.model.parameters.Filling;
import io.gradstream.model.parameters.Parameter;
import io.gradstream.model.parameters.ParameterLayout;
import io.gradstream.model.parameters.PyTorchLayout;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.parameters.Statistic;
import io.gradstream.model.parameters.Table;
import java.util.List;

/** Where a layer is in a model: what it reads, and where it declares what it keeps. */
public final class Site {
    private final String name;
    private final int index;
    private final String kind;
    private final List<Signal> inputs;
    private final ParameterLayout layout;
    private boolean parameters;

    /** The place of layer {@code index} of a model. */
    public Site(String name, int index, String kind, List<Signal> inputs, ParameterLayout layout) {
        this.name = name;
        this.index = index;
        this.kind = kind;
        this.inputs = List.copyOf(inputs);
        this.layout = layout;
    }

    /** The layer's name. */
    public String name() {
        return name;
    }

    /** All that it reads. */
    public List<Signal> inputs() {
        return inputs;
    }

    /** The one signal that it reads, which must be floats that are never missing. */
    public Signal onlyNumbers() {
        if (inputs.size() != 1) {
            throw wrong("one input", inputs.size() + " inputs");
        }
        return numbers(0);
    }

    /** Input {@code i}, which must be floats that are never missing. */
    public Signal numbers(int i) {
        Signal input = inputs.get(i);
        if (input.isIds()) {
            throw wrong("numbers", input.text() + " (put an embedding before it)");
        }
        if (input.mayMiss()) {
            throw wrong("numbers that are never missing", input.text() + " (put standardise or fill before it)");
        }
        return input;
    }

    /** The one signal that it reads, which must be ids. */
    public Signal onlyIds() {
        if (inputs.size() != 1 || !inputs.get(0).isIds()) {
            throw wrong("one input of ids", inputs.size() == 1 ? inputs.get(0).text() : inputs.size() + " inputs");
        }
        return inputs.get(0);
    }

    /** Declares dense parameters, called {@code layer.suffix}. */
    public Parameter parameter(String suffix, Filling filling, int... dims) {
        parameters = true;
        return layout.parameter(name + "." + suffix, Shape.of(dims), filling);
    }

    /** Declares dense parameters that lie otherwise in PyTorch. */
    public Parameter parameter(String suffix, PyTorchLayout pyTorch, Filling filling, int... dims) {
        parameters = true;
        return layout.parameter(name + "." + suffix, Shape.of(dims), filling, pyTorch);
    }

    /** Declares a sparse table, called {@code layer.suffix}. */
    public Table table(String suffix, long rows, int width, Filling filling) {
        if (rows > Integer.MAX_VALUE - 8) {
            throw wrong("at most 2^31 - 9 rows in a table", rows + " rows");
        }
        parameters = true;
        return layout.table(name + "." + suffix, (int) rows, width, filling);
    }

    /** Declares running statistics, called {@code layer.suffix}. */
    public Statistic statistic(String suffix, int size, double initial) {
        return statistic(suffix, size, initial, Double.NEGATIVE_INFINITY);
    }

    /** Declares running statistics that are never below 0, called {@code layer.suffix}. */
    public Statistic positiveStatistic(String suffix, int size, double initial) {
        return statistic(suffix, size, initial, 0);
    }

    private Statistic statistic(String suffix, int size, double initial, double atLeast) {
        boolean ofWeights = inputs.stream().anyMatch(Signal::trained);
        return layout.statistic(name + "." + suffix, size, initial, atLeast, ofWeights);
    }

    /** A layer with a buffer for its output. */
    public Declared output(Shape shape, Declared.Factory factory) {
        return new Declared(shape, false, false, false, false, false, parameters, factory);
    }

    /** A layer whose output has the steps of its first input. */
    public Declared outputWithSteps(Shape shape, Declared.Factory factory) {
        return new Declared(shape, false, inputs.get(0).steps(), false, false, false, parameters, factory);
    }

    /** A layer whose output has other steps than its first input, and of varying number where the input has. */
    public Declared outputWithStepsOfItsOwn(Shape shape, Declared.Factory factory) {
        boolean steps = inputs.get(0).steps();
        return new Declared(shape, false, steps, steps, false, false, parameters, factory);
    }

    /** A layer whose output has as many steps as the longest of its inputs; all of them, if an input has no lengths. */
    public Declared outputWithLongestSteps(Shape shape, Declared.Factory factory) {
        boolean steps = inputs.stream().allMatch(Signal::steps);
        return new Declared(shape, false, steps, steps, false, false, parameters, factory);
    }

    /** A layer that only looks at its input in another way, without steps. */
    public Declared inPlace(Shape shape, Declared.Factory factory) {
        return new Declared(shape, false, false, false, true, false, parameters, factory);
    }

    /** A layer that works element by element, can do so in place, and whose backward pass reads its output. */
    public Declared elementwise(boolean inPlace, boolean readsOutput, Declared.Factory factory) {
        Signal input = inputs.get(0);
        return new Declared(input.shape(), false, input.steps(), false, inPlace, readsOutput, parameters, factory);
    }

    /** What does not fit here. */
    public ShapeException wrong(String wanted, String came) {
        return new ShapeException(
                "layers[" + index + "] '" + name + "' (" + kind + "): wanted " + wanted + ", came " + came);
    }
}
