package io.gradstream.model;

import io.gradstream.model.layers.Signal;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * A sequence of vectors, of 0 to {@code steps} steps. A row has room for all of them, in its floats, and one id: how many are there. The
 * steps behind those are padding, which has no influence, but must be finite.
 *
 * @param name what layers call it
 * @param steps the most steps of a row
 * @param width numbers of a step
 */
@Kind("sequence")
@Doc("A sequence of vectors: up to so many steps a row.")
public record SequenceInput(
        @Doc("What layers call it.") String name,
        @Doc("The most steps of a row, at least 1.") int steps,
        @Doc("Numbers of a step, at least 1.") int width)
        implements InputSpec {
    public SequenceInput {
        InputRules.require(name);
        InputRules.atLeastOne("steps", steps);
        InputRules.atLeastOne("width", width);
        InputRules.inARow(name, "numbers", (long) steps * width);
    }

    @Override
    public int numbers() {
        return steps * width;
    }

    @Override
    public int ids() {
        return 1;
    }

    @Override
    public int idLimit(int i) {
        return steps + 1;
    }

    @Override
    public String idName(int i) {
        return "number of steps";
    }

    @Override
    public Signal signal() {
        return Signal.numbers(name, Shape.of(steps, width), false, true);
    }
}
