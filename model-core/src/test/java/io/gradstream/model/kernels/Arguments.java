package io.gradstream.model.kernels;

import io.gradstream.model.random.Philox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Seeded arguments for one call of a kernel, in its order; arrays start at an odd offset and have a margin that nobody may
 * write to.
 */
final class Arguments {
    /** What the numbers are like. */
    enum Values {
        /** Normal, of deviation 1. */
        ORDINARY,
        /** From zeros and denormals to the largest float, infinities and NaN. */
        WILD
    }

    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        1e-30f,
        -1e-30f,
        88.7f,
        -88.7f,
        88.8f,
        -87.5f,
        9.2f,
        0.41421356f,
        1e30f,
        -1e30f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };
    private static final int MARGIN = 5;

    private final Values values;
    private final Philox random;
    private long counter;
    private final List<Object> list = new ArrayList<>();
    private final List<int[]> used = new ArrayList<>();

    Arguments(long seed, Values values) {
        this.values = values;
        this.random = new Philox(seed, values.ordinal());
    }

    Arguments value(float value) {
        return plain(value);
    }

    Arguments size(int n) {
        return plain(n);
    }

    Arguments flag(boolean value) {
        return plain(value);
    }

    private Arguments plain(Object value) {
        list.add(value);
        used.add(null);
        return this;
    }

    /** An array of n numbers, and where they start. */
    Arguments array(int n) {
        return add(n, false);
    }

    /** An array of n numbers of which none is negative (a variance, a sum of squares, a count). */
    Arguments positive(int n) {
        return add(n, true);
    }

    private Arguments add(int n, boolean positive) {
        int at = 1 + 2 * (list.size() % 3);
        float[] x = new float[at + n + MARGIN];
        for (int i = 0; i < x.length; i++) {
            float v = next();
            x[i] = positive ? Math.abs(v) : v;
        }
        return addArray(x, at, n);
    }

    private float next() {
        float v = random.normal(counter);
        boolean special = values == Values.WILD && (random.bits(counter) & 3) == 0;
        counter++;
        return special ? SPECIAL[(random.bits(counter++) & 0xFFFF) % SPECIAL.length] : v;
    }

    private Arguments addArray(Object x, int at, int n) {
        list.add(x);
        used.add(new int[] {at, at + n});
        return plain(at);
    }

    /** Rows of numbers, where they start, and the distance between rows, which is more than the columns need. */
    Arguments matrix(int rows, int columns) {
        int ld = columns + 3;
        array(rows == 0 ? 0 : (rows - 1) * ld + columns);
        return plain(ld);
    }

    /** As {@link #matrix}, with rows that follow each other without a gap. */
    Arguments denseMatrix(int rows, int columns) {
        array(rows * columns);
        return plain(columns);
    }

    /** n class indices as floats. */
    Arguments labels(int n, int classes) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (random.bits(counter++) >>> 1) % classes;
        }
        return addArray(x, 0, n);
    }

    /** n row numbers below {@code bound}, every second int, and their stride. */
    Arguments ids(int n, int bound) {
        int[] ids = IntStream.range(0, 2 * n + 1)
                .map(i -> (random.bits(counter++) >>> 1) % bound)
                .toArray();
        return addArray(ids, 0, ids.length).plain(2);
    }

    /** The arguments, with fresh copies of the arrays. */
    Object[] copy() {
        return list.stream().map(Arguments::copyOf).toArray();
    }

    private static Object copyOf(Object argument) {
        return argument instanceof float[] x ? x.clone() : argument instanceof int[] ids ? ids.clone() : argument;
    }

    /** Whether a call wrote to nothing but the elements that it was given. */
    boolean keptMargins(Object[] after) {
        return IntStream.range(0, after.length).allMatch(i -> keptMargin(i, after[i]));
    }

    private boolean keptMargin(int i, Object after) {
        if (!(after instanceof float[] x)) {
            return true;
        }
        float[] before = (float[]) list.get(i);
        int from = used.get(i)[0];
        int to = used.get(i)[1];
        return Arrays.equals(before, 0, from, x, 0, from) && Arrays.equals(before, to, before.length, x, to, x.length);
    }
}
