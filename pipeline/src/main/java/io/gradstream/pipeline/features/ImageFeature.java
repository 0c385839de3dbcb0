package io.gradstream.pipeline.features;

import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.List;
import java.util.Optional;

/** A list of numbers, or bytes, as an image. */
@Kind("image")
@Doc(
        "A list of numbers, or bytes, as an image, with an input of its own that layers name. A record without it is a dead letter.")
record ImageFeature(
        @Doc("Field with height x width x channels numbers: rows of pixels, the channels of a pixel side by side.")
        List<String> of,

        @Doc("Rows of pixels.") int height,
        @Doc("Pixels of a row.") int width,

        @Doc("Numbers of a pixel: 1 for grey, 3 for colours.") @Default("1")
        int channels,

        @Doc("What each number is divided by: 255 for bytes.") @Default("1")
        double divideBy,

        @Doc("Name of the input; without it the field's.") Optional<String> name)
        implements FeatureSpec {
    ImageFeature {
        ListColumns.requireAtLeastOne("height", height);
        ListColumns.requireAtLeastOne("width", width);
        ListColumns.requireAtLeastOne("channels", channels);
        if (!(divideBy > 0) || Double.isInfinite(divideBy)) {
            throw new IllegalArgumentException("divide-by must be above 0, was " + divideBy);
        }
    }
}
