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
    /** Refuses a row that its arrays do not hold; an array of which nothing is wanted may be null. */
    void check(float[] numbersOf, int numbersAt, int[] idsOf, int idsAt) {
        check("numbers", numbers, numbersOf == null ? 0 : numbersOf.length, numbersAt);
        check("ids", ids, idsOf == null ? 0 : idsOf.length, idsAt);
    }

    private static void check(String what, int wanted, int length, int at) {
        if (wanted > 0 && (at < 0 || at > length - wanted)) {
            throw new IllegalArgumentException("a row: wanted " + wanted + " " + what + " from place " + at
                    + " of their array, came an array of " + length);
        }
    }
}
