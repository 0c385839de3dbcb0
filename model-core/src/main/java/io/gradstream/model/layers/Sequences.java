package io.gradstream.model.layers;

import io.gradstream.model.parameters.Shape;

/** What layers over sequences want of their inputs. */
final class Sequences {
    private Sequences() {}

    /** The width of {@code count} inputs that are sequences of vectors of one width. */
    static int width(Site site, int count) {
        if (site.inputs().size() != count) {
            throw site.wrong(inputs(count), inputs(site.inputs().size()));
        }
        Shape first = sequence(site, 0);
        for (int i = 1; i < count; i++) {
            Shape other = sequence(site, i);
            if (other.last() != first.last()) {
                throw site.wrong("sequences of vectors of one width", first + " and " + other);
            }
        }
        return first.last();
    }

    private static String inputs(int count) {
        return count == 1 ? "one input" : count + " inputs";
    }

    /** The shape of input {@code i}, which must be (steps, width). */
    static Shape sequence(Site site, int i) {
        Shape shape = site.numbers(i).shape();
        if (shape.rank() != 2) {
            throw site.wrong("a sequence of vectors, (steps, width)", shape.toString());
        }
        return shape;
    }

    static void checkHeads(Site site, int heads, int width) {
        if (width % heads != 0) {
            throw site.wrong("heads that divide the width", heads + " heads and a width of " + width);
        }
    }
}
