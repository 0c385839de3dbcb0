package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;
import java.util.List;

/**
 * What flows from an input or a layer to the layers that read it, as known before anything is allocated.
 *
 * @param name of the input or layer it comes from
 * @param shape of one row's floats, or ids
 * @param categories the fields that the ids stand for; empty where it is floats
 * @param mayMiss whether NaN may stand for a missing number
 * @param trained whether parameters come before it, so that its gradient is wanted
 * @param steps whether its first dimension is steps of which each row has a number of its own, see {@link Value#lengths}
 */
public record Signal(
        String name, Shape shape, List<Categories> categories, boolean mayMiss, boolean trained, boolean steps) {
    /**
     * Ids of one kind.
     *
     * @param name of the field
     * @param buckets its ids are in [0, buckets)
     */
    public record Categories(String name, int buckets) {}

    public Signal {
        categories = List.copyOf(categories);
    }

    /** Floats that come from a row as they are. */
    public static Signal numbers(String name, Shape shape, boolean mayMiss, boolean steps) {
        return new Signal(name, shape, List.of(), mayMiss, false, steps);
    }

    /** Ids that come from a row. */
    public static Signal ids(String name, Shape shape, List<Categories> categories, boolean steps) {
        return new Signal(name, shape, categories, false, false, steps);
    }

    /** Whether it is ids rather than floats. */
    public boolean isIds() {
        return !categories.isEmpty();
    }

    /** As it is called in a message: numbers (40), may be missing. */
    public String text() {
        return (isIds() ? "ids " : "numbers ") + shape + (mayMiss ? ", may be missing" : "") + " from '" + name + "'";
    }
}
