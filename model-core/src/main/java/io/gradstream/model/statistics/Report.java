package io.gradstream.model.statistics;

import java.util.List;

/**
 * Metrics at one moment: the names depend on the task alone, and every value is finite. docs/evaluation.md has the equations.
 *
 * @param names what each value is, in a fixed order
 * @param values the values
 * @param examples how many labelled examples they are over
 */
public record Report(List<String> names, List<Double> values, long examples) {
    public Report {
        names = List.copyOf(names);
        values = List.copyOf(values);
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(names.size() + " names for " + values.size() + " values");
        }
    }

    /** The value of a metric; IllegalArgumentException naming those there are if it is none of them. */
    public double value(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no metric '" + name + "' among " + String.join(", ", names));
        }
        return values.get(index);
    }
}
