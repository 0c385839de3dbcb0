package io.gradstream.model;

import io.gradstream.model.layers.Signal;
import io.gradstream.model.parameters.Shape;
import io.gradstream.model.spec.Default;
import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;

/**
 * An image: (height, width, channels) numbers a row, the channels of a pixel side by side.
 *
 * @param name what layers call it
 * @param height rows of pixels
 * @param width pixels of a row
 * @param channels numbers of a pixel: 1 for grey, 3 for colours
 */
@Kind("image")
@Doc("An image: height times width pixels, the channels of a pixel side by side.")
public record ImageInput(
        @Doc("What layers call it.") String name,
        @Doc("Rows of pixels, at least 1.") int height,
        @Doc("Pixels of a row, at least 1.") int width,

        @Doc("Numbers of a pixel, at least 1.") @Default("1")
        int channels)
        implements InputSpec {
    public ImageInput {
        InputRules.require(name);
        InputRules.atLeastOne("height", height);
        InputRules.atLeastOne("width", width);
        InputRules.atLeastOne("channels", channels);
        int pixels = InputRules.inARow(name, "pixels", (long) height * width);
        InputRules.inARow(name, "numbers", (long) pixels * channels);
    }

    @Override
    public int numbers() {
        return height * width * channels;
    }

    @Override
    public Signal signal() {
        return Signal.numbers(name, Shape.of(height, width, channels), false, false);
    }
}
