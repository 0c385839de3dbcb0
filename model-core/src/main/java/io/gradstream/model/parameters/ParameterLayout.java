package io.gradstream.model.parameters;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where everything that a model keeps lives: parameters, sparse tables and statistics, in the order they were declared. */
public final class ParameterLayout {
    /** Parameters start at multiples of so many floats (64 bytes). */
    private static final int ALIGNMENT = 16;

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Statistic> statistics = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private long parameterCount;
    private long tableSize;
    private long floats;
    private long doubles;

    /** Adds dense parameters that lie in PyTorch as they do here. */
    public Parameter parameter(String name, Shape shape, Filling filling) {
        return parameter(name, shape, filling, PyTorchLayout.AS_IS);
    }

    /** Adds dense parameters. */
    public Parameter parameter(String name, Shape shape, Filling filling, PyTorchLayout pyTorch) {
        Parameter parameter = new Parameter(name, shape, place(name, floats), filling, pyTorch);
        floats += (shape.size() + ALIGNMENT - 1) / ALIGNMENT * (long) ALIGNMENT;
        place(name, floats);
        parameterCount += shape.size();
        parameters.add(parameter);
        name(name);
        return parameter;
    }

    /** Adds a sparse table. */
    public Table table(String name, int rows, int width, Filling filling) {
        Table table = new Table(name, tables.size(), rows, width, filling);
        tableSize += (long) rows * width;
        tables.add(table);
        name(name);
        return table;
    }

    /** Adds statistics, none of which is ever below {@code atLeast}; of what parameters made, or of the data alone. */
    public Statistic statistic(String name, int size, double initial, double atLeast, boolean ofWeights) {
        Statistic statistic = new Statistic(name, place(name, doubles), size, initial, atLeast, ofWeights);
        doubles += size;
        place(name, doubles);
        statistics.add(statistic);
        name(name);
        return statistic;
    }

    private void name(String name) {
        if (!taken.add(name)) {
            throw new IllegalArgumentException("wanted names of its own for what it keeps, came '" + name
                    + "', which an earlier layer has; rename one of the two");
        }
        names.add(name);
    }

    private static int place(String name, long at) {
        if (at > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(
                    name + ": wanted at most 2^31 - 65 parameters, or statistics, in all, came " + at);
        }
        return (int) at;
    }

    /** The names of all of them, each once, in the order they were declared. */
    public List<String> names() {
        return Collections.unmodifiableList(names);
    }

    /** The dense parameters. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /** The sparse tables. */
    public List<Table> tables() {
        return List.copyOf(tables);
    }

    /** The statistics. */
    public List<Statistic> statistics() {
        return List.copyOf(statistics);
    }

    /** How many dense parameters there are. */
    public long parameterCount() {
        return parameterCount;
    }

    /** How many parameters the sparse tables have, touched or not. */
    public long tableSize() {
        return tableSize;
    }

    /** Length of the array of dense parameters, with the gaps that align them. */
    public int floats() {
        return (int) floats;
    }

    /** Length of the array of statistics. */
    public int doubles() {
        return (int) doubles;
    }
}
