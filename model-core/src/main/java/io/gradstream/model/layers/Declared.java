package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;

/**
 * What a layer said it would be, before anything is allocated.
 *
 * @param shape of one row of its output
 * @param mayMiss whether its output may hold NaN for missing
 * @param steps whether the first dimension of its output is the steps of its first input, with the same lengths
 * @param ownLengths whether, having steps, each row has a number of them that the layer writes
 * @param inPlace whether it may write its output over its first input
 * @param readsOutput whether its backward pass reads its own output, which must not be written over then
 * @param parameters whether it has parameters of its own
 * @param factory makes it
 */
public record Declared(
        Shape shape,
        boolean mayMiss,
        boolean steps,
        boolean ownLengths,
        boolean inPlace,
        boolean readsOutput,
        boolean parameters,
        Factory factory) {
    /** The same, its backward pass reading its own output. */
    public Declared readingItsOutput() {
        return new Declared(shape, mayMiss, steps, ownLengths, inPlace, true, parameters, factory);
    }

    /** The same, whose output may be written over. */
    public Declared notReadingItsOutput() {
        return new Declared(shape, mayMiss, steps, ownLengths, inPlace, false, parameters, factory);
    }

    /** Makes a layer in its place in a plan. */
    @FunctionalInterface
    public interface Factory {
        /** Takes buffers from the room, in which nothing may be written yet. */
        Layer make(Room room);
    }
}
