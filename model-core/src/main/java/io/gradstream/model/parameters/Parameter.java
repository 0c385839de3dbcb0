package io.gradstream.model.parameters;

/**
 * A named, shaped view of the one array of dense parameters.
 *
 * @param name such as {@code hidden-1.weight}
 * @param shape row-major
 * @param at where it starts in the array
 * @param filling its first values
 * @param pyTorch how it lies in PyTorch
 */
public record Parameter(String name, Shape shape, int at, Filling filling, PyTorchLayout pyTorch) {
    /** How many floats. */
    public int size() {
        return shape.size();
    }
}
