package io.gradstream.model.layers;

import io.gradstream.model.spec.Doc;
import io.gradstream.model.spec.Kind;
import java.util.Optional;

/**
 * The mean of each window of an image: (height, width, channels) becomes (height', width', channels), where size' = (size - window) /
 * stride + 1, rounded down.
 *
 * @param size of the square window
 * @param stride how far the window moves; without it as far as it is large
 */
@Kind("average-pool")
@Doc("The mean of each square window of an image, channel by channel.")
public record AveragePool(
        @Doc("Height and width of the window, at least 1.") int size,

        @Doc("How far the window moves, at least 1; without it as far as it is large.")
        Optional<Integer> stride)
        implements LayerSpec {
    public AveragePool {
        Rules.atLeastOne("size", size);
        stride.ifPresent(value -> Rules.atLeastOne("stride", value));
    }

    /** Windows side by side. */
    public AveragePool(int size) {
        this(size, Optional.empty());
    }

    @Override
    public Declared declare(Site site) {
        return Pooling.mean(site, size, stride.orElse(size));
    }
}
