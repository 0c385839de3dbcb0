package io.gradstream.model;

import io.gradstream.model.layers.Signal;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;

/**
 * A sequence of ids of one kind, as the words of a text, of 0 to {@code steps} of them. A row has room for all, and one id more: how many
 * are there. The ids behind those are padding, which has no influence, but must be in range.
 *
 * @param name what layers call it
 * @param buckets its ids are in [0, buckets)
 * @param steps the most ids of a row
 */
@Kind("tokens")
@Doc("A sequence of ids, as the words of a text: up to so many a row.")
public record TokensInput(
        @Doc("What layers call it.") String name,
        @Doc("Its ids are 0 to buckets - 1.") int buckets,
        @Doc("The most ids of a row, at least 1.") int steps)
        implements InputSpec {
    public TokensInput {
        InputRules.require(name);
        InputRules.atLeastOne("buckets", buckets);
        InputRules.atLeastOne("steps", steps);
        InputRules.inARow(name, "ids, the number of steps among them,", steps + 1L);
    }

    @Override
    public int numbers() {
        return 0;
    }

    @Override
    public int ids() {
        return steps + 1;
    }

    @Override
    public int idLimit(int i) {
        return i == steps ? steps + 1 : buckets;
    }

    @Override
    public String idName(int i) {
        return i == steps ? "number of tokens" : "token " + i;
    }

    @Override
    public Signal signal() {
        return Signal.ids(name, Shape.of(steps), List.of(new Signal.Categories(name, buckets)), true);
    }
}
