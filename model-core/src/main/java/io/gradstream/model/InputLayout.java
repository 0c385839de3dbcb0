package io.gradstream.model;

/**
 * The widths of a flat row: all float inputs one after another, and all id inputs one after another.
 *
 * @param numbers floats of a row, 0 or more
 * @param ids ids of a row, 0 or more
 */
public record InputLayout(int numbers, int ids) {
    public InputLayout {
        if (numbers < 0 || ids < 0) {
            throw new IllegalArgumentException(
                    "the widths of a row must be 0 or more, were " + numbers + " numbers and " + ids + " ids");
        }
    }
}
