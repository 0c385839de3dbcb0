package io.gradstream.model;

import io.gradstream.model.parameters.ParameterLayout;

/**
 * A spec that has been checked.
 *
 * @param spec the spec
 * @param blueprint its layers
 * @param hash the spec's hash
 */
record Compiled(ModelSpec spec, Blueprint blueprint, String hash) {
    /** Checks a spec. */
    static Compiled of(ModelSpec spec) {
        return new Compiled(spec, Blueprint.of(spec), spec.hash());
    }

    ParameterLayout layout() {
        return blueprint.layout();
    }

    /** Buffers and steps for batches of up to {@code capacity} rows. */
    Plan plan(int capacity, boolean learns) {
        return new Plan(blueprint, new Allocator(spec.seed(), capacity, learns, false));
    }

    int outputs() {
        return blueprint.outputs();
    }
}
