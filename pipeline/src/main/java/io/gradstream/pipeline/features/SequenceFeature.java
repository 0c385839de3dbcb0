package io.gradstream.pipeline.features;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;
import java.util.Optional;

/** A list of numbers as a sequence of vectors. */
@Kind("sequence")
@Doc("A list of numbers as a sequence of vectors, with an input of its own that layers name.")
record SequenceFeature(
        @Doc("Field with a list of numbers; lists of lists are read one after another.")
        List<String> of,

        @Doc("The most steps of a sequence; of a longer one some are left out, see keep.")
        int steps,

        @Doc("Numbers of a step; the list's length must be a multiple of it.") @Default("1")
        int width,

        @Doc("Which steps of a longer sequence are kept: the first or the last.") @Default("last")
        Keep keep,

        @Doc("Name of the input; without it the field's.") Optional<String> name,

        @Doc("A record without it is a dead letter; if not, it is a sequence of no steps.") @Default("false")
        boolean required)
        implements FeatureSpec {
    SequenceFeature {
        ListColumns.requireAtLeastOne("steps", steps);
        ListColumns.requireAtLeastOne("width", width);
    }
}
